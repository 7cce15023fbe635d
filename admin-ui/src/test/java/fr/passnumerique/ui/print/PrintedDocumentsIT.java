package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Asking;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.ui.demo.RunningDemo;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the demo's people print, against what the API answers them. */
class PrintedDocumentsIT {
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

  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();

  private final Papers papers = new Papers(demo);

  @Test
  void aDeliveryNoteSaysWhatWasDeliveredAndIsNoOthers() throws Exception {
    String note = "/api/deliveries/livraison-16/delivery-note.pdf";

    String text = papers.pdf(note, "ccas-ruffec", "bon-de-livraison-livraison-16").text();

    assertThat(text)
        .contains("Bon de livraison", "Carnets 1 à 240", "2\u00A0400", french(2_400_000))
        .contains("Reçu par le prescripteur");
    assertThat(papers.pdf(note, "auditeur", "bon-de-livraison-livraison-16").text())
        .isEqualTo(text);
    assertThat(papers.status(note, "anct")).isEqualTo(403);
    assertThat(demo.send("/api/deliveries/livraison-06/delivery-note.pdf", "ccas-ruffec"))
        .satisfies(
            foreign ->
                assertThat(RunningDemo.body(foreign))
                    .isEqualTo(
                        RunningDemo.body(
                                demo.send(
                                    "/api/deliveries/nothing/delivery-note.pdf", "ccas-ruffec"))
                            .replace("nothing", "livraison-06")));
    assertThat(papers.status("/api/deliveries/livraison-06/delivery-note.pdf", "ccas-ruffec"))
        .isEqualTo(404);
  }

  @Test
  void aRemittanceAdviceComesToWhatTheApiSays() throws Exception {
    JsonNode run = paidRun();
    String address = advice(run);
    String transfer = run.path("transfers").get(0).path("transfer").asString();
    JsonNode advice = demo.json(address + "?limit=5000&transfer=" + transfer, "agent");

    String text =
        papers.pdf(address + ".pdf?transfer=" + transfer, "agent", "avis-" + transfer).text();

    assertThat(text).contains(french(advice.path("transferredCents").asLong()), transfer);
    for (JsonNode sum : advice.path("states")) {
      assertThat(text).contains(french(sum.path("cents").asLong()));
    }
    for (JsonNode line : advice.path("lines")) {
      assertThat(text).contains(line.path("cheque").asString(), line.path("slip").asString());
    }
    assertThat(papers.status(address + ".pdf?transfer=" + transfer, "anct")).isEqualTo(403);
    assertThat(papers.status(address + ".pdf?transfer=nothing", "agent")).isEqualTo(404);
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

    Actor clerk = new Actor("test", Role.CLERK, "");
    assertThatThrownBy(
            () ->
                Asking.as(
                    clerk,
                    () ->
                        narrow.printRemittanceAdvice(
                            run.path("run").asString(),
                            null,
                            run.path("transfers").get(0).path("transfer").asString(),
                            clerk)))
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
        assertThat(papers.status(advice(run) + ".pdf?venue=" + other, "bus-charente"))
            .isEqualTo(404);
      }
    }
    assertThat(own).isPositive();
  }

  @Test
  void aFundersStatementHasTheFiguresOfItsBalances() throws Exception {
    JsonNode balances = demo.json("/api/balances?groupBy=agreement&funder=anct", "agent");
    long position = balances.path("position").asLong();

    String text =
        papers
            .pdf(
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
    assertThat(papers.status("/api/funders/departement-16/statement.pdf", "anct")).isEqualTo(404);
    assertThat(papers.status("/api/funders/anct/statement.pdf", "bus-charente")).isEqualTo(403);
    assertThat(papers.status("/api/funders/nobody/statement.pdf", "agent")).isEqualTo(404);
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
        papers
            .pdf(
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
    assertThat(papers.status(statement, "la-poste-nice")).isEqualTo(404);
    assertThat(papers.status(statement, "anct")).isEqualTo(403);
    assertThat(papers.code("%s?since=%s&businessDate=%s".formatted(statement, end, since), "agent"))
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

    String text = papers.pdf(statement + first, "anct", "releve-anct-" + position).text();

    assertThat(text)
        .contains(
            "Versé, net de ce qui vous a été rendu %s %s %s"
                .formatted(french(0), french(paidIn), french(paidIn)),
            "à l’identique");
    assertThat(papers.status(statement + last, "anct")).isEqualTo(200);
    JsonNode backwards =
        JsonMapper.shared().readTree(demo.send(statement + last.plusDays(1), "anct").body());
    assertThat(backwards.path("code").asString()).isEqualTo("PERIOD_BACKWARDS");
    assertThat(backwards.path("errors").get(0).path("field").asString()).isEqualTo("since");
    assertThat(papers.code("/api/funders/anct/statement.pdf?asOfPosition=1&since=" + last, "anct"))
        .isEqualTo("PERIOD_BACKWARDS");
    assertThat(papers.code(statement + "0001-01-01", "anct")).isEqualTo("INVALID_PARAMETER");
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
            .matcher(papers.page("/ecritures?fact=" + position, "agent"));
    assertThat(link.find()).isTrue();
    String receipt = "/api/receipts/" + link.group(1) + "/receipt.pdf";

    assertThat(papers.pdf(receipt, "anct", "versement-" + link.group(1)).text())
        .contains("Reçu de versement", link.group(1), "compte cantonné");
    assertThat(papers.status(receipt, "departement-16")).isEqualTo(404);
    assertThat(papers.status(receipt, "bus-charente")).isEqualTo(403);
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

  private static String advice(JsonNode run) {
    return "/api/settlement-runs/" + run.path("run").asString() + "/remittance-advice";
  }
}
