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
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.LoggedIn;
import fr.passnumerique.ui.demo.RunningDemo;
import fr.passnumerique.ui.words.French;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the demo's people print, against what the API answers them. With {@code -Dpapers=<folder>}
 * the documents are left there, to be looked at.
 */
@ExtendWith(OutputCaptureExtension.class)
class PrintedDocumentsIT {
  private static final String ORDER = "commande-16";
  private static final String CHEQUES = "/api/orders/" + ORDER + "/cheques.pdf";
  private static final String HAND_OUT =
      "/api/prescribers/ccas-ruffec/hand-outs/remise-perdue/cheques.pdf";

  /** What a row of a funder's statement is called, and the API's name of its figure. */
  private static final List<String> FUNDER_ROWS =
      List.of(
          "Non affecté=unallocated",
          "Affecté aux chèques en circulation=outstanding",
          "Chèques acceptés des lieux=redeemed",
          "À vous restituer=dueBack",
          "Versé, net de ce qui vous a été rendu=paidIn",
          "En stock chez l’opérateur=inStock",
          "Chez les prescripteurs=atPrescribers",
          "Remis au public, pas encore utilisés=live",
          "Périmés=expired",
          "Émis=issued");

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();

  @Test
  void eachChequeBearsItsCodeAsTextAndAsQr(CapturedOutput log) throws Exception {
    List<String> codes = codes(ORDER, 11, 30);

    ReadPdf cheques = pdf(CHEQUES + "?from=11&to=30", "agent", "cheques-commande-16-11-30");

    assertThat(codes).hasSize(20);
    assertThat(cheques.pages()).isEqualTo(2);
    assertThat(cheques.text())
        .contains(codes)
        .contains(french(1000), "carnet 2, chèque 1 sur 10", "carnet 3, chèque 10 sur 10");
    assertThat(cheques.scanned()).isEqualTo(codes);
    assertThat(log).contains("codes 11 to 30 of order " + ORDER);
    codes.forEach(code -> assertThat(log).doesNotContain(code.substring(11)));
  }

  @Test
  void onlyAClerkPrintsCheques() throws Exception {
    for (String login : List.of("auditeur", "anct", "bus-charente", "ccas-ruffec")) {
      assertThat(status(CHEQUES, login)).as(login).isEqualTo(403);
      assertThat(status(HAND_OUT, login)).as(login).isEqualTo(403);
    }
    assertThat(status(CHEQUES, null)).isEqualTo(401);
    assertThat(code("/api/orders/nowhere/cheques.pdf", "agent")).isEqualTo("UNKNOWN_ORDER");
    assertThat(code(CHEQUES + "?to=3001", "agent")).isEqualTo("RANGE_OUTSIDE_ORDER");
    assertThat(code(CHEQUES + "?from=0", "agent")).isEqualTo("RANGE_OUTSIDE_ORDER");
    assertThat(code(HAND_OUT.replace("remise-perdue", "nothing"), "agent")).isEqualTo("NOT_FOUND");
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
            pdf("/api/orders/grande/cheques.pdf?from=10001", "agent", "cheques-grande-10001-10010")
                .pages())
        .isOne();
    assertThat(page("/commandes/grande", "agent"))
        .contains("cheques.pdf?from=1&amp;to=10000", "cheques.pdf?from=10001&amp;to=10010");
    ofALongHandOutAllButWhatWasPutBackIsPrinted();
  }

  private static void ofALongHandOutAllButWhatWasPutBackIsPrinted() throws Exception {
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
    assertThat(code(handOut, "agent")).isEqualTo("TOO_MANY_CHEQUES");

    create(
        "/api/hand-out-corrections",
        ("{'correction':'grande','prescriber':'ccas-ruffec',"
                + "'ranges':[{'batch':'%s','first':4,'last':10010}]}")
            .formatted(batch));

    ReadPdf left = pdf(handOut, "agent", "cheques-ccas-ruffec-grande");
    assertThat(left.pages()).isOne();
    assertThat(left.scanned().stream().filter(code -> !code.isEmpty()).toList())
        .isEqualTo(codes("grande", 1, 3));
  }

  @Test
  void pagesLinkWhatTheirReaderMayPrint() throws Exception {
    String delivery = "/livraisons/livraison-16";
    String handOut = "/prescripteurs/ccas-ruffec/remises/remise-perdue";

    assertThat(page(delivery, "agent"))
        .contains("delivery-note.pdf", CHEQUES + "?from=1&amp;to=2400");
    assertThat(page(delivery, "auditeur"))
        .contains("delivery-note.pdf")
        .doesNotContain("cheques.pdf");
    assertThat(page(handOut, "agent")).contains(HAND_OUT);
    assertThat(page(handOut, "auditeur")).doesNotContain("cheques.pdf");
    assertThat(page("/commandes/commande-16", "auditeur")).doesNotContain("cheques.pdf");
    assertThat(page("/", "anct")).contains("/api/funders/anct/statement.pdf?asOfPosition=");
    assertThat(page("/", "bus-charente")).contains("/statement.pdf?asOfPosition=");
  }

  @Test
  void aHandOutIsPrintedWithItsDay() throws Exception {
    ReadPdf cheques = pdf(HAND_OUT, "agent", "cheques-ccas-ruffec-remise-perdue");

    List<String> codes = cheques.scanned().stream().filter(code -> !code.isEmpty()).toList();
    assertThat(codes).isNotEmpty();
    assertThat(cheques.text()).contains("à partir de sa remise du ").contains(codes);
    for (String code : codes) {
      assertThat(text("/api/cheques/" + code.substring(0, 10), "agent")).contains("remise-perdue");
    }
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
            pdf(
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

  @Test
  void theDescriptionSaysHowPrintingIsRefused() throws Exception {
    JsonNode api = demo.json("/v3/api-docs", "agent");

    for (String path :
        List.of(
            "/api/orders/{orderId}/cheques.pdf",
            "/api/prescribers/{prescriberId}/hand-outs/{handOutId}/cheques.pdf",
            "/api/settlement-runs/{runId}/remittance-advice.pdf")) {
      JsonNode refusals = api.path("paths").path(path).path("get").path("responses");
      assertThat(refusals.path("422").path("$ref").asString())
          .as(path)
          .isEqualTo(Printed.RULE_FORBIDS);
    }
    assertThat(api.at("/components/responses/Unavailable/description").asString())
        .contains("PRINTING_BUSY");
  }

  @Test
  void aDeliveryNoteSaysWhatWasDeliveredAndIsNoOthers() throws Exception {
    String note = "/api/deliveries/livraison-16/delivery-note.pdf";

    String text = pdf(note, "ccas-ruffec", "bon-de-livraison-livraison-16").text();

    assertThat(text)
        .contains("Bon de livraison", "Carnets 1 à 240", "2\u00A0400", french(2_400_000))
        .contains("Reçu par le prescripteur");
    assertThat(pdf(note, "auditeur", "bon-de-livraison-livraison-16").text()).isEqualTo(text);
    assertThat(status(note, "anct")).isEqualTo(403);
    assertThat(demo.send("/api/deliveries/livraison-06/delivery-note.pdf", "ccas-ruffec"))
        .satisfies(
            foreign ->
                assertThat(RunningDemo.body(foreign))
                    .isEqualTo(
                        RunningDemo.body(
                                demo.send(
                                    "/api/deliveries/nothing/delivery-note.pdf", "ccas-ruffec"))
                            .replace("nothing", "livraison-06")));
    assertThat(status("/api/deliveries/livraison-06/delivery-note.pdf", "ccas-ruffec"))
        .isEqualTo(404);
  }

  @Test
  void aRemittanceAdviceComesToWhatTheApiSays() throws Exception {
    JsonNode run = paidRun();
    String address = advice(run);
    String transfer = run.path("transfers").get(0).path("transfer").asString();
    JsonNode advice = demo.json(address + "?limit=5000&transfer=" + transfer, "agent");

    String text = pdf(address + ".pdf?transfer=" + transfer, "agent", "avis-" + transfer).text();

    assertThat(text).contains(french(advice.path("transferredCents").asLong()), transfer);
    for (JsonNode sum : advice.path("states")) {
      assertThat(text).contains(french(sum.path("cents").asLong()));
    }
    for (JsonNode line : advice.path("lines")) {
      assertThat(text).contains(line.path("cheque").asString(), line.path("slip").asString());
    }
    assertThat(status(address + ".pdf?transfer=" + transfer, "anct")).isEqualTo(403);
    assertThat(status(address + ".pdf?transfer=nothing", "agent")).isEqualTo(404);
  }

  @Test
  void moreLinesThanADocumentHoldsAreRefusedWithTheRemedy() throws Exception {
    JsonNode run = paidRun();
    RemittanceAdvicePrint narrow =
        new RemittanceAdvicePrint(
            demo.application().getBean(RemittanceAdvices.class),
            new ToldFacts(
                demo.application().getBean(LedgerReader.class),
                demo.application().getBean(ProjectionRunners.class)),
            () -> {
              throw new AssertionError("printed all the same");
            },
            demo.application().getBean(Printer.class),
            1);

    assertThatThrownBy(
            () ->
                narrow.printRemittanceAdvice(
                    run.path("run").asString(),
                    null,
                    run.path("transfers").get(0).path("transfer").asString(),
                    new Actor("test", Role.CLERK, "")))
        .isInstanceOfSatisfying(
            Problem.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("ADVICE_TOO_LONG");
              assertThat(refused.detail()).contains("exportRemittanceAdvice");
            });
  }

  @Test
  void aVenueReadsItsOwnAdviceAlone() throws Exception {
    String venue = demo.subject("bus-charente");
    int own = 0;
    for (JsonNode run : demo.json("/api/settlement-runs", "agent").path("runs")) {
      HttpResponse<byte[]> api = demo.send(advice(run), "bus-charente");
      HttpResponse<byte[]> printed = demo.send(advice(run) + ".pdf", "bus-charente");
      assertThat(printed.statusCode()).isEqualTo(api.statusCode());
      if (api.statusCode() == 200) {
        own++;
        assertThat(ReadPdf.of(printed.body(), "avis-lieu").text())
            .contains(
                venue,
                french(JsonMapper.shared().readTree(api.body()).path("transferredCents").asLong()));
        String other = demo.subject("la-poste-nice");
        assertThat(status(advice(run) + ".pdf?venue=" + other, "bus-charente")).isEqualTo(404);
      }
    }
    assertThat(own).isPositive();
  }

  @Test
  void aFundersStatementHasTheFiguresOfItsBalances() throws Exception {
    JsonNode balances = demo.json("/api/balances?groupBy=agreement&funder=anct", "agent");
    long position = balances.path("position").asLong();

    String text =
        pdf(
                "/api/funders/anct/statement.pdf?asOfPosition=" + position,
                "anct",
                "releve-anct-" + position)
            .text();

    for (String row : FUNDER_ROWS) {
      String[] labelAndFigure = row.split("=", 2);
      long cents = balances.path("totals").path(labelAndFigure[1] + "Cents").asLong();
      if (cents != 0) {
        assertThat(text).contains(labelAndFigure[0] + " " + french(cents));
      }
    }
    for (JsonNode agreement : balances.path("agreements")) {
      assertThat(text)
          .contains(
              agreement.path("agreement").asString(),
              french(agreement.path("paidInCents").asLong()),
              french(agreement.path("redeemedCents").asLong()));
    }
    assertThat(status("/api/funders/departement-16/statement.pdf", "anct")).isEqualTo(404);
    assertThat(status("/api/funders/anct/statement.pdf", "bus-charente")).isEqualTo(403);
    assertThat(status("/api/funders/nobody/statement.pdf", "agent")).isEqualTo(404);
  }

  @Test
  void aStatementOfAPeriodStandsBetweenTwoAnswersOfTheApi() throws Exception {
    JsonNode now = demo.json("/api/balances?groupBy=venue", "agent");
    long position = now.path("position").asLong();
    String venue = demo.subject("bus-charente");
    LocalDate end =
        LocalDate.parse(now.path("recordedAt").asString().substring(0, 10)).minusDays(3);
    LocalDate since = end.minusDays(60);
    String on =
        "/api/balances?groupBy=agreement&venue=%s&asOfPosition=%d&businessDate="
            .formatted(venue, position);
    JsonNode opening = demo.json(on + since.minusDays(1), "agent").path("totals");
    JsonNode closing = demo.json(on + end, "agent").path("totals");
    String statement = "/api/venues/%s/statement.pdf".formatted(venue);

    String text =
        pdf(
                "%s?since=%s&businessDate=%s&asOfPosition=%d"
                    .formatted(statement, since, end, position),
                "bus-charente",
                "releve-%s-%d".formatted(venue, position))
            .text();

    for (String figure : List.of("redeemedCents", "paidCents")) {
      long before = opening.path(figure).asLong();
      long after = closing.path(figure).asLong();
      assertThat(text)
          .as(figure)
          .contains("%s %s %s".formatted(french(before), french(after - before), french(after)));
    }
    assertThat(status(statement, "la-poste-nice")).isEqualTo(404);
    assertThat(status(statement, "anct")).isEqualTo(403);
    assertThat(code("%s?since=%s&businessDate=%s".formatted(statement, end, since), "agent"))
        .isEqualTo("PERIOD_BACKWARDS");
  }

  @Test
  void aPeriodMayBeginWithTheLedgerAndNotBehindItsEnd() throws Exception {
    long position = demo.json("/api/balances", "agent").path("position").asLong();
    LocalDate first = recordedOn(1);
    LocalDate last = recordedOn(position);
    String statement = "/api/funders/anct/statement.pdf?asOfPosition=%d&since=".formatted(position);
    long paidIn =
        demo.json("/api/balances?funder=anct&asOfPosition=" + position, "agent")
            .path("totals")
            .path("paidInCents")
            .asLong();

    String text = pdf(statement + first, "anct", "releve-anct-" + position).text();

    assertThat(text)
        .contains(
            "Versé, net de ce qui vous a été rendu %s %s %s"
                .formatted(french(0), french(paidIn), french(paidIn)),
            "à l’identique");
    assertThat(status(statement + last, "anct")).isEqualTo(200);
    JsonNode backwards =
        JsonMapper.shared().readTree(demo.send(statement + last.plusDays(1), "anct").body());
    assertThat(backwards.path("code").asString()).isEqualTo("PERIOD_BACKWARDS");
    assertThat(backwards.path("errors").get(0).path("field").asString()).isEqualTo("since");
    assertThat(code("/api/funders/anct/statement.pdf?asOfPosition=1&since=" + last, "anct"))
        .isEqualTo("PERIOD_BACKWARDS");
    assertThat(code(statement + "0001-01-01", "anct")).isEqualTo("INVALID_PARAMETER");
  }

  private static LocalDate recordedOn(long position) throws Exception {
    return Paris.dayOf(
        Instant.parse(
            demo.json("/api/balances?asOfPosition=" + position, "agent")
                .path("recordedAt")
                .asString()));
  }

  @Test
  void aReceiptIsItsFundersAlone() throws Exception {
    long position = 0;
    for (JsonNode posting :
        demo.json("/api/postings/export?format=JSON&kind=EVER_RECEIVED", "agent")) {
      if (posting.path("funder").asString().equals("anct")) {
        position = posting.path("position").asLong();
      }
    }
    Matcher link =
        Pattern.compile("href=\"/versements/([^\"]+)\"")
            .matcher(page("/ecritures?fact=" + position, "agent"));
    assertThat(link.find()).isTrue();
    String receipt = "/api/receipts/" + link.group(1) + "/receipt.pdf";

    assertThat(pdf(receipt, "anct", "versement-" + link.group(1)).text())
        .contains("Reçu de versement", link.group(1), "compte cantonné");
    assertThat(status(receipt, "departement-16")).isEqualTo(404);
    assertThat(status(receipt, "bus-charente")).isEqualTo(403);
  }

  private static JsonNode paidRun() throws Exception {
    for (JsonNode run : demo.json("/api/settlement-runs", "agent").path("runs")) {
      JsonNode whole = demo.json("/api/settlement-runs/" + run.path("run").asString(), "agent");
      if (whole.path("transfers").size() > 0 && whole.toString().contains("CONFIRMED")) {
        return whole;
      }
    }
    throw new AssertionError("no run was paid");
  }

  private static String french(long cents) {
    return new Cents(cents).inFrench();
  }

  /**
   * @param name that the file must have, without its suffix
   */
  private static ReadPdf pdf(String path, String login, String name) throws Exception {
    HttpResponse<byte[]> answer = demo.send(path, login);
    assertThat(answer.statusCode()).as("%s: %s", path, RunningDemo.body(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"%s.pdf\"".formatted(name));
    return ReadPdf.of(answer.body(), name);
  }

  private static String code(String path, String login) throws Exception {
    return JsonMapper.shared().readTree(demo.send(path, login).body()).path("code").asString();
  }

  private static int status(String path, String login) throws Exception {
    return demo.send(path, login).statusCode();
  }

  private static String text(String path, String login) throws Exception {
    HttpResponse<byte[]> answer = demo.send(path, login);
    assertThat(answer.statusCode()).as("%s: %s", path, RunningDemo.body(answer)).isEqualTo(200);
    return RunningDemo.body(answer);
  }

  private static List<String> codes(String order, int from, int to) throws Exception {
    return text("/api/orders/%s/codes?from=%d&to=%d".formatted(order, from, to), "agent")
        .lines()
        .skip(1)
        .map(line -> line.split(",", 2)[1])
        .toList();
  }

  private static String advice(JsonNode run) {
    return "/api/settlement-runs/" + run.path("run").asString() + "/remittance-advice";
  }

  private static void create(String path, String body) throws Exception {
    HttpResponse<byte[]> answer = demo.post(path, "agent", body.replace('\'', '"'));
    assertThat(answer.statusCode()).as(RunningDemo.body(answer)).isEqualTo(201);
  }

  private static String page(String path, String login) throws Exception {
    return LoggedIn.as(login, demo.password(login), demo.base()).page(200, path);
  }
}
