package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.HandOuts;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.CodeDesk;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.demo.RunningDemo;
import fr.passnumerique.ui.words.French;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cheques as they are printed, and who may: against the codes that a clerk may download. */
@ExtendWith(OutputCaptureExtension.class)
class PrintedChequesIT {
  private static final String ORDER = "commande-16";
  private static final String CHEQUES = "/api/orders/" + ORDER + "/cheques.pdf";
  private static final String HAND_OUT =
      "/api/prescribers/ccas-ruffec/hand-outs/remise-perdue/cheques.pdf";

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();

  private final Papers papers = new Papers(demo);

  @Test
  void eachChequeBearsItsCodeAsTextAndAsQr(CapturedOutput log) throws Exception {
    List<String> codes = codes(ORDER, 11, 30);

    ReadPdf cheques = papers.pdf(CHEQUES + "?from=11&to=30", "agent", "cheques-commande-16-11-30");

    assertThat(codes).hasSize(20);
    assertThat(cheques.pages()).isEqualTo(2);
    assertThat(cheques.text())
        .contains(codes)
        .contains(
            new Cents(1000).inFrench(), "carnet 2, chèque 1 sur 10", "carnet 3, chèque 10 sur 10");
    assertThat(cheques.scanned()).isEqualTo(codes);
    assertThat(log).contains("codes 11 to 30 of order " + ORDER);
    codes.forEach(code -> assertThat(log).doesNotContain(code.substring(11)));
  }

  @Test
  void onlyAClerkPrintsAnOrder() throws Exception {
    for (String login : List.of("auditeur", "anct", "bus-charente")) {
      assertThat(papers.status(CHEQUES, login)).as(login).isEqualTo(403);
      assertThat(papers.status(HAND_OUT, login)).as(login).isEqualTo(403);
    }
    assertThat(papers.status(CHEQUES, null)).isEqualTo(401);
    assertThat(papers.code("/api/orders/nowhere/cheques.pdf", "agent")).isEqualTo("UNKNOWN_ORDER");
    assertThat(papers.code(CHEQUES + "?to=3001", "agent")).isEqualTo("RANGE_OUTSIDE_ORDER");
    assertThat(papers.code(CHEQUES + "?from=0", "agent")).isEqualTo("RANGE_OUTSIDE_ORDER");
    assertThat(papers.code(HAND_OUT.replace("remise-perdue", "nothing"), "agent"))
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void moreChequesThanADocumentHoldsAreRefusedWithTheRemedy() throws Exception {
    create(
        "/api/programmes",
        "{'programme':'grand','name':'Grand','faceValueCents':1000,'chequesPerCarnet':10,"
            + "'validityDays':180,'presentationWindowDays':60}");
    create(
        "/api/agreements",
        "{'agreement':'grande','programme':'grand','signedOn':'2026-01-01','startsOn':'2026-01-01',"
            + "'endsOn':'2027-12-31','territory':['16'],'shares':[{'funder':'anct',"
            + "'basisPoints':10000,'ceilingCents':100000000,'terms':'PREPAID'}]}");
    create(
        "/api/orders",
        "{'order':'grande','agreement':'grande','fundingDepartement':'16','chequeCount':10010,"
            + "'endsOn':'2027-12-31'}");

    JsonNode refused =
        JsonMapper.shared().readTree(demo.send("/api/orders/grande/cheques.pdf", "agent").body());

    assertThat(refused.path("status").asInt()).isEqualTo(422);
    assertThat(refused.path("code").asString()).isEqualTo("TOO_MANY_CHEQUES");
    assertThat(refused.path("errors").get(0).path("remedy").asString()).contains("from=1&to=10000");
    assertThat(
            papers
                .pdf(
                    "/api/orders/grande/cheques.pdf?from=10001",
                    "agent",
                    "cheques-grande-10001-10010")
                .pages())
        .isOne();
    assertThat(papers.page("/commandes/grande", "agent"))
        .contains(
            "/commandes/grande/impression?du=1&amp;au=10000",
            "cheques.pdf?from=10001&amp;to=10010");
    ofALongHandOutAllButWhatWasPutBackIsPrinted();
  }

  private void ofALongHandOutAllButWhatWasPutBackIsPrinted() throws Exception {
    String batch = codes("grande", 1, 1).getFirst().substring(0, 5);
    LocalDate today = LocalDate.now(Paris.ZONE);
    create(
        "/api/deliveries",
        ("{'delivery':'grande','prescriber':'ccas-ruffec','batch':'%s',"
                + "'firstOrdinal':1,'lastOrdinal':10010,'deliveredOn':'%s'}")
            .formatted(batch, today));
    create(
        "/api/hand-outs",
        ("{'handOut':'grande','prescriber':'ccas-ruffec','handedOutOn':'%s',"
                + "'ranges':[{'batch':'%s','first':1,'last':10010}]}")
            .formatted(today, batch));
    String handOut = "/api/prescribers/ccas-ruffec/hand-outs/grande/cheques.pdf";
    assertThat(papers.code(handOut, "agent")).isEqualTo("TOO_MANY_CHEQUES");

    create(
        "/api/hand-out-corrections",
        ("{'correction':'grande','prescriber':'ccas-ruffec',"
                + "'ranges':[{'batch':'%s','first':4,'last':10010}]}")
            .formatted(batch));

    ReadPdf left = papers.pdf(handOut, "agent", "cheques-ccas-ruffec-grande");
    assertThat(left.pages()).isOne();
    assertThat(left.scanned().stream().filter(code -> !code.isEmpty()).toList())
        .isEqualTo(codes("grande", 1, 3));
  }

  @Test
  void pagesLinkWhatTheirReaderMayPrint() throws Exception {
    String delivery = "/livraisons/livraison-16";
    String handOut = "/prescripteurs/ccas-ruffec/remises/remise-perdue";

    assertThat(papers.page(delivery, "agent"))
        .contains("delivery-note.pdf", CHEQUES + "?from=1&amp;to=2400");
    assertThat(papers.page(delivery, "auditeur"))
        .contains("delivery-note.pdf")
        .doesNotContain("cheques.pdf");
    assertThat(papers.page(handOut, "agent")).contains(HAND_OUT);
    assertThat(papers.page(handOut, "auditeur")).doesNotContain("cheques.pdf");
    assertThat(papers.page("/commandes/commande-16", "auditeur")).doesNotContain("cheques.pdf");
    assertThat(papers.page("/", "anct")).contains("/api/funders/anct/statement.pdf?asOfPosition=");
    assertThat(papers.page("/", "bus-charente")).contains("/statement.pdf?asOfPosition=");
  }

  @Test
  void aHandOutIsPrintedWithItsDay() throws Exception {
    ReadPdf cheques = papers.pdf(HAND_OUT, "agent", "cheques-ccas-ruffec-remise-perdue");

    List<String> codes = cheques.scanned().stream().filter(code -> !code.isEmpty()).toList();
    assertThat(codes).isNotEmpty();
    assertThat(cheques.text()).contains("Utilisable jusqu’au ").contains(codes);
    for (String code : codes) {
      assertThat(papers.text("/api/cheques/" + code.substring(0, 10), "agent"))
          .contains("remise-perdue");
    }
  }

  /** What it gave away it could have copied; what lies in its drawer it may not have twice. */
  @Test
  void aPrescriberPrintsItsOwnHandOutAndNothingElse() throws Exception {
    assertThat(papers.pdf(HAND_OUT, "ccas-ruffec", "cheques-ccas-ruffec-remise-perdue").scanned())
        .isEqualTo(papers.pdf(HAND_OUT, "agent", "cheques-ccas-ruffec-remise-perdue").scanned());
    assertThat(papers.page("/remises", "ccas-ruffec"))
        .containsPattern("/api/prescribers/ccas-ruffec/hand-outs/[^/\"]+/cheques.pdf");

    assertThat(papers.status(HAND_OUT, "ccas-nice")).isEqualTo(404);
    assertThat(papers.status(CHEQUES, "ccas-ruffec")).isEqualTo(403);
  }

  @Test
  void ofAHandOutThatWasCorrectedNothingIsPrinted() throws Exception {
    JsonNode refused =
        JsonMapper.shared()
            .readTree(
                demo.send("/api/prescribers/ccas-nice/hand-outs/remise-erreur/cheques.pdf", "agent")
                    .body());

    assertThat(refused.path("status").asInt()).isEqualTo(409);
    assertThat(refused.path("code").asString()).isEqualTo("HAND_OUT_CORRECTED");
  }

  @Test
  void aReplacementSaysTheLastDayThatItKeeps() throws Exception {
    String serial = codes("remplacement-1", 1, 1).getFirst().substring(0, 10);
    String lastDay = demo.json("/api/cheques/" + serial, "agent").path("lastServiceDay").asString();

    assertThat(
            papers
                .pdf(
                    "/api/orders/remplacement-1/cheques.pdf?to=1",
                    "agent",
                    "cheques-remplacement-1-1-1")
                .text())
        .contains("Remplace un chèque", new French().date(LocalDate.parse(lastDay)))
        .doesNotContain("à partir de sa remise");
  }

  /** What the log says of codes is that they were taken, and whoever is sent away has none. */
  @Test
  void whoeverIsSentAwayTookNoCodes(CapturedOutput log) {
    ChequesEndpoint busy =
        new ChequesEndpoint(
            demo.application().getBean(CodeDesk.class),
            demo.application().getBean(HandOuts.class),
            new ToldFacts(
                demo.application().getBean(LedgerReader.class),
                demo.application().getBean(ProjectionRunners.class)),
            new ChequePrinter(new French(), new Press(0, 0, Duration.ZERO)));

    assertThatThrownBy(
            () -> busy.printCheques(new OrderId(ORDER), 51, 57, new Actor("test", Role.CLERK, "")))
        .isInstanceOfSatisfying(
            Problem.class, sent -> assertThat(sent.code()).isEqualTo("PRINTING_BUSY"));
    assertThat(log).doesNotContain("codes 51 to 57");
  }

  private List<String> codes(String order, int from, int to) throws Exception {
    return papers
        .text("/api/orders/%s/codes?from=%d&to=%d".formatted(order, from, to), "agent")
        .lines()
        .skip(1)
        .map(line -> line.split(",", 2)[1])
        .toList();
  }

  private static void create(String path, String body) throws Exception {
    HttpResponse<byte[]> answer = demo.post(path, "agent", body.replace('\'', '"'));
    assertThat(answer.statusCode()).as(RunningDemo.body(answer)).isEqualTo(201);
  }
}
