package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.GAMMA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.prowidesoftware.swift.model.mx.MxPain00100109;
import fr.passnumerique.clearing.access.EngineActs;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Settlement over real HTTP, on a ledger in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class SettlementEndpointIT {
  private static final String RUNS = "/api/settlement-runs";
  private static final String IBAN = "FR7630006000011234567890189";
  private static final String RUN =
      "{\"run\": \"R-1\", \"programme\": \"pass\", \"cutOffDay\": \"2026-04-01\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Autowired World world;

  @BeforeEach
  void aNewLedger() {
    world.begin(
        Optional.of(OperatorAccount.of("Opérateur", "FR1420041010050500013M02606", "", "")));
  }

  @Test
  void aRunIsOpenedOnceAndReadWithWhereItsTransfersStand() throws Exception {
    HttpResponse<String> dry = post(RUNS + "?dryRun=true", RUN);
    HttpResponse<String> first = post(RUNS, RUN);
    HttpResponse<String> again = post(RUNS, RUN);

    assertThat(dry.statusCode()).isEqualTo(200);
    assertThat(json.readTree(dry.body()).get("amountCents").asLong()).isEqualTo(6_000);
    assertThat(json.readTree(dry.body()).get("dryRun").asBoolean()).isTrue();
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .isEqualTo(first.body().replace("\"already\":false", "\"already\":true"));
    JsonNode run = json.readTree(first.body());
    assertThat(run.get("amountCents").asLong()).isEqualTo(6_000);
    assertThat(run.get("transfers").size()).isEqualTo(2);
    assertThat(run.get("unpayable").get(0).asString()).isEqualTo(GAMMA.value());
    assertThat(run.get("stage").asString()).isEqualTo("OPENED");
    assertThat(run.get("openedBy").asString()).isEqualTo("engine");
    release();
    for (String end : List.of("confirmation", "rejection")) {
      String body =
          end.equals("confirmation")
              ? "{\"bookedOn\": \"2026-04-01\"}"
              : "{\"rejectedOn\": \"2026-04-01\", \"reason\": \"AC04\"}";
      JsonNode early = problem(409, post(RUNS + "/R-1/transfers/R-1-1/" + end, body));
      assertThat(early.get("code").asString()).isEqualTo("FILE_NEVER_HANDED_OUT");
      assertThat(early.get("errors").get(0).get("remedy").asString()).contains("cancel the run");
    }
    get(RUNS + "/R-1/credit-transfer-file");

    HttpResponse<String> rehearsed =
        post(
            RUNS + "/R-1/transfers/R-1-1/confirmation?dryRun=true",
            "{\"bookedOn\": \"2026-04-01\"}");
    assertThat(rehearsed.statusCode()).isEqualTo(200);
    assertThat(json.readTree(rehearsed.body()).get("dryRun").asBoolean()).isTrue();
    assertThat(
            post(
                    RUNS + "/R-1/transfers/R-1-1/rejection?dryRun=true",
                    "{\"rejectedOn\": \"2026-04-01\", \"reason\": \"AC04\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(
            post(RUNS + "/R-1/transfers/R-1-1/confirmation", "{\"bookedOn\": \"2026-04-01\"}")
                .statusCode())
        .isEqualTo(201);
    assertThat(
            post(
                    RUNS + "/R-1/transfers/R-1-2/rejection",
                    "{\"rejectedOn\": \"2026-04-01\", \"reason\": \"AC04\"}")
                .statusCode())
        .isEqualTo(201);
    assertThat(
            post(RUNS + "/R-1/transfers/R-1-1/confirmation", "{\"bookedOn\": \"2026-04-01\"}")
                .statusCode())
        .isEqualTo(200);

    JsonNode read = json.readTree(get(RUNS + "/R-1").body());
    assertThat(read.get("stage").asString()).isEqualTo("RELEASED");
    assertThat(read.get("released").get("by").asString()).isEqualTo("clerk-2");
    assertThat(read.get("transfers").get(0).get("state").asString()).isEqualTo("CONFIRMED");
    assertThat(read.get("transfers").get(0).get("endedOn").asString()).isEqualTo("2026-04-01");
    assertThat(read.get("transfers").get(1).get("state").asString()).isEqualTo("REJECTED");
    assertThat(read.get("transfers").get(1).get("reason").asString()).isEqualTo("AC04");
  }

  @Test
  void untilAnotherClerkReleasesItThereIsNoFileAndNoEndOfATransfer() throws Exception {
    post(RUNS, RUN);
    assertThat(problem(409, get(RUNS + "/R-1/credit-transfer-file")).get("code").asString())
        .isEqualTo("RUN_NOT_RELEASED");
    assertThat(
            problem(
                    409,
                    post(
                        RUNS + "/R-1/transfers/R-1-1/confirmation",
                        "{\"bookedOn\": \"2026-04-01\"}"))
                .get("code")
                .asString())
        .isEqualTo("RUN_NOT_RELEASED");
    assertThat(problem(422, post(RUNS + "/R-1/release", "")).get("code").asString())
        .isEqualTo("SECOND_PERSON_REQUIRED");

    HttpResponse<String> first = release();
    HttpResponse<String> second = release();

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(second.body())
        .isEqualTo(first.body().replace("\"already\":false", "\"already\":true"));
    assertThat(get(RUNS + "/R-1/credit-transfer-file").statusCode()).isEqualTo(200);
  }

  @Test
  void aCancelledRunsLinesAreTakenByTheNextAndItselfHasNoFile() throws Exception {
    post(RUNS, RUN);
    HttpResponse<String> first = post(RUNS + "/R-1/cancellation", "");
    HttpResponse<String> again = post(RUNS + "/R-1/cancellation", "");

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(json.readTree(first.body()).get("amountCents").asLong()).isEqualTo(6_000);
    assertThat(again.body())
        .isEqualTo(first.body().replace("\"already\":false", "\"already\":true"));
    assertThat(problem(409, release()).get("code").asString()).isEqualTo("RUN_CANCELLED");
    assertThat(problem(409, get(RUNS + "/R-1/credit-transfer-file")).get("code").asString())
        .isEqualTo("RUN_CANCELLED");
    JsonNode read = json.readTree(get(RUNS + "/R-1").body());
    assertThat(read.get("stage").asString()).isEqualTo("CANCELLED");
    HttpResponse<String> opened = post(RUNS, RUN);
    assertThat(opened.statusCode()).isEqualTo(200);
    assertThat(json.readTree(opened.body()).get("already").asBoolean()).isTrue();
    assertThat(json.readTree(opened.body()).get("stage").asString()).isEqualTo("CANCELLED");
    assertThat(read.get("transfers").get(0).get("state").asString()).isEqualTo("CANCELLED");
    assertThat(
            json.readTree(post(RUNS, RUN.replace("R-1", "R-2")).body()).get("amountCents").asLong())
        .isEqualTo(6_000);
  }

  @Test
  void whatTheBankHasDebitedThoughNobodyHasTheFileIsLeftOutOfItAndNamed() throws Exception {
    post(RUNS, RUN);
    release();
    world.debited("R-1-1");
    HttpResponse<String> first = get(RUNS + "/R-1/credit-transfer-file");
    HttpResponse<String> second = get(RUNS + "/R-1/credit-transfer-file");

    assertThat(first.headers().firstValue("Transfers-Left-Out")).contains("R-1-1");
    assertThat(second.body()).isEqualTo(first.body()).doesNotContain("R-1-1<").contains("R-1-2<");
    JsonNode download = json.readTree(get(RUNS + "/R-1").body()).get("downloads").get(0);
    assertThat(download.get("leftOut").get(0).asString()).isEqualTo("R-1-1");
    assertThat(problem(409, post(RUNS + "/R-1/cancellation", "")).get("code").asString())
        .isEqualTo("RUN_ALREADY_RELEASED");
  }

  @Test
  void aReleasedRunOfWhichNobodyHasTheFileIsCancelledAndKeepsWhatTheBankHasDebited()
      throws Exception {
    post(RUNS, RUN);
    release();
    long whole =
        json.readTree(post(RUNS + "/R-1/cancellation?dryRun=true", "").body())
            .get("amountCents")
            .asLong();
    world.debited("R-1-1");
    JsonNode cancelled = json.readTree(post(RUNS + "/R-1/cancellation", "").body());

    JsonNode read = json.readTree(get(RUNS + "/R-1").body());
    assertThat(read.get("stage").asString()).isEqualTo("CANCELLED");
    assertThat(read.get("released").get("by").asString()).isEqualTo("clerk-2");
    assertThat(read.get("transfers").get(0).get("state").asString()).isEqualTo("CONFIRMED");
    assertThat(read.get("transfers").get(1).get("state").asString()).isEqualTo("CANCELLED");
    assertThat(whole).isEqualTo(6_000);
    assertThat(cancelled.get("amountCents").asLong())
        .isEqualTo(6_000 - read.get("transfers").get(0).get("amountCents").asLong());
  }

  private HttpResponse<String> release() throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(RUNS + "/R-1/release"))
            .header(EngineActs.AS, "clerk-2")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  @Test
  void theFileIsDownloadedTheSameTwiceAndEachDownloadIsKept(CapturedOutput log) throws Exception {
    post(RUNS, RUN);
    release();
    HttpResponse<String> first = get(RUNS + "/R-1/credit-transfer-file");
    HttpResponse<String> second = get(RUNS + "/R-1/credit-transfer-file");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/xml");
    assertThat(first.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("attachment", "pain.001-R-1.xml");
    assertThat(second.body()).isEqualTo(first.body());
    MxPain00100109 file = MxPain00100109.parse(first.body());
    assertThat(file.getCstmrCdtTrfInitn().getGrpHdr().getCtrlSum()).isEqualByComparingTo("60.00");
    JsonNode downloads = json.readTree(get(RUNS + "/R-1").body()).get("downloads");
    assertThat(downloads.size()).isEqualTo(2);
    assertThat(downloads.get(0).get("by").asString()).isEqualTo("engine");
    assertThat(downloads.get(0).get("sha256").asString())
        .hasSize(64)
        .isEqualTo(downloads.get(1).get("sha256").asString());
    assertThat(log.getOut().split("audit: credit transfer file of run R-1", -1)).hasSize(3);
    assertThat(log.getOut()).contains("account engine (CLERK)").doesNotContain(IBAN);
  }

  @Test
  void withoutTheOperatorsAccountThereIsNoFileAndTheRemedyIsTold() throws Exception {
    world.begin(Optional.empty());
    post(RUNS, RUN);
    release();
    JsonNode problem = problem(409, get(RUNS + "/R-1/credit-transfer-file"));
    assertThat(problem.get("code").asString()).isEqualTo("OPERATOR_ACCOUNT_MISSING");
    assertThat(problem.get("detail").asString()).contains("pass.operator.iban");
  }

  @Test
  void anErasedAccountIsToldByItsTransfer() throws Exception {
    post(RUNS, RUN);
    release();
    world.vault.remove("v-beta");
    JsonNode problem = problem(409, get(RUNS + "/R-1/credit-transfer-file"));
    assertThat(problem.get("code").asString()).isEqualTo("ACCOUNT_ERASED");
    assertThat(problem.get("errors").get(0).get("value").asString()).isEqualTo("R-1-2");
    assertThat(problem.toString()).doesNotContain(IBAN);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    problem(404, get(RUNS + "/R-9"));
    problem(404, get(RUNS + "/R-9/credit-transfer-file"));
    problem(404, get(RUNS + "/" + "x".repeat(41)));
    problem(
        404, post(RUNS + "/R-9/transfers/R-9-1/confirmation", "{\"bookedOn\": \"2026-04-01\"}"));
    assertThat(
            problem(404, post(RUNS, RUN.replace("\"pass\"", "\"other\""))).get("code").asString())
        .isEqualTo("UNKNOWN_PROGRAMME");
  }

  @Test
  void aCutOffInTheFutureIsRefused() throws Exception {
    assertThat(
            problem(422, post(RUNS, RUN.replace("2026-04-01", "2026-04-02")))
                .get("code")
                .asString())
        .isEqualTo("CUT_OFF_IN_FUTURE");
    problem(400, post(RUNS, RUN.replace("2026-04-01", "demain")));
    problem(400, post(RUNS, RUN.replace("R-1", "R/1")));
  }

  @Test
  void aCalendarIsSetReadAndBindsTheDaysOfRuns() throws Exception {
    String path = "/api/programmes/pass/settlement-calendar";
    String body =
        "{\"from\": \"2026-04-03\", \"every\": \"MONTH\", \"days\": [1, 16], \"minimumCents\":"
            + " 2000}";
    assertThat(post(path + "?dryRun=true", body).statusCode()).isEqualTo(200);
    HttpResponse<String> set = post(path, body);
    assertThat(set.statusCode()).as(set.body()).isEqualTo(201);
    assertThat(post(path, body).statusCode()).isEqualTo(200);
    assertThat(
            problem(422, post(path, body.replace("2026-04-03", "2026-04-01")))
                .get("code")
                .asString())
        .isEqualTo("CALENDAR_NOT_LATER");
    assertThat(problem(400, post(path, body.replace("MONTH", "WEEK"))).get("code").asString())
        .isEqualTo("INVALID_CALENDAR");
    problem(400, post(path, body.replace("MONTH", "YEAR")));
    problem(404, post(path.replace("/pass/", "/other/"), body));

    JsonNode read = json.readTree(get(path + "?count=2").body());
    assertThat(read.get("calendars").get(0).get("minimumCents").asLong()).isEqualTo(2_000);
    assertThat(read.get("next").size()).isEqualTo(2);
    assertThat(read.get("next").get(0).get("cutOffDay").asString()).isEqualTo("2026-04-16");
    assertThat(read.get("next").get(0).get("cutOff").asString()).isEqualTo("2026-04-15T22:00:00Z");
    assertThat(read.get("next").get(0).get("executionOn").asString()).isEqualTo("2026-04-17");
    assertThat(read.get("next").get(1).get("executionOn").asString()).isEqualTo("2026-05-04");
    problem(400, get(path + "?count=101"));
    problem(404, get(path.replace("/pass/", "/other/")));

    world.ledger.begin(java.time.LocalDate.of(2026, 4, 10));
    assertThat(
            problem(422, post(RUNS, RUN.replace("2026-04-01", "2026-04-09")))
                .get("code")
                .asString())
        .isEqualTo("CUT_OFF_NOT_SCHEDULED");
    HttpResponse<String> exceptional =
        post(
            RUNS,
            RUN.replace("2026-04-01", "2026-04-09").replace("}", ", \"exceptional\": \"OTHER\"}"));
    assertThat(exceptional.statusCode()).as(exceptional.body()).isEqualTo(201);
    assertThat(json.readTree(exceptional.body()).get("occasion").asString()).isEqualTo("OTHER");
    assertThat(
            problem(400, post(RUNS, RUN.replace("}", ", \"exceptional\": \"SCHEDULED\"}")))
                .get("code")
                .asString())
        .isEqualTo("INVALID_OCCASION");
  }

  @Test
  void latePaymentsAreReadInPages() throws Exception {
    JsonNode read = json.readTree(get("/api/late-payments?asOf=2026-04-12&limit=1").body());
    assertThat(read.get("count").asInt()).isEqualTo(3);
    assertThat(read.get("openLateCents").asLong()).isEqualTo(7_000);
    assertThat(read.get("payments").size()).isEqualTo(1);
    assertThat(read.get("payments").get(0).get("payBy").asString()).isEqualTo("2026-04-10");
    assertThat(read.get("next").asString()).isEqualTo("1");
    JsonNode own =
        json.readTree(get("/api/late-payments?asOf=2026-04-12&venue=" + BETA.value()).body());
    assertThat(own.get("count").asInt()).isEqualTo(1);
    assertThat(read.get("since").asString()).isEqualTo("2025-04-12");
    assertThat(read.path("notTold").isMissingNode()).isTrue();
    assertThat(read.get("willBeLateCents").asLong()).isZero();
    JsonNode past = json.readTree(get("/api/late-payments?asOf=2026-04-11").body());
    assertThat(past.get("openLateCents").asLong()).isEqualTo(7_000);
    assertThat(past.path("willBeLateCents").isMissingNode()).isTrue();
    assertThat(past.get("notTold").asString()).contains("as of today");
    assertThat(problem(400, get("/api/late-payments?asOf=2026-04-13")).get("detail").asString())
        .contains("2026-04-12");
    problem(400, get("/api/late-payments?asOf=2026-04-11&run=R-1"));
    assertThat(get("/api/late-payments?run=R-1").statusCode()).isEqualTo(200);
    problem(400, get("/api/late-payments?since=2026-04-13"));
    assertThat(get("/api/late-payments?since=2026-04-12").statusCode()).isEqualTo(200);
    long position = read.get("asOfPosition").asLong();
    JsonNode again =
        json.readTree(get("/api/late-payments?asOf=2026-04-12&asOfPosition=" + position).body());
    assertThat(again.get("openLateCents")).isEqualTo(read.get("openLateCents"));
    assertThat(again.get("asOfPosition").asLong()).isEqualTo(position);
    assertThat(again.path("willBeLateCents").isMissingNode()).isTrue();
    assertThat(again.get("notTold").asString()).contains("position");
    JsonNode first = json.readTree(get("/api/late-payments?asOfPosition=1").body());
    JsonNode before = json.readTree(get("/api/late-payments?asOfPosition=0").body());
    assertThat(before.get("asOfPosition").asLong()).isZero();
    assertThat(before.get("asOf")).isEqualTo(first.get("asOf"));
    assertThat(before.get("count").asInt()).isZero();
    assertThat(get("/api/late-payments/export?asOfPosition=0").body().lines()).hasSize(1);
    for (String other : List.of("-1", Long.toString(position + 1))) {
      JsonNode none = problem(400, get("/api/late-payments?asOfPosition=" + other));
      assertThat(none.get("errors").get(0).get("field").asString()).isEqualTo("asOfPosition");
    }
    problem(400, get("/api/late-payments?run=R-1&asOfPosition=" + position));
    problem(400, get("/api/late-payments?asOf=2026-04-12&asOfPosition=1"));
    problem(400, get("/api/late-payments?limit=0"));
    problem(400, get("/api/late-payments?asOf=demain"));
  }

  @Test
  void latePaymentsAreAFileWithTheRowsThatAreRead() throws Exception {
    String query = "?asOf=2026-04-12";
    JsonNode read = json.readTree(get("/api/late-payments" + query).body()).get("payments");
    String export = "/api/late-payments/export" + query;

    List<String> csv = get(export).body().lines().toList();
    assertThat(csv.getFirst())
        .isEqualTo(
            "kind,programme,venue,run,transfer,slip,position,cents,presentedOn,payBy,paidOn,daysLate");
    assertThat(csv).hasSize(1 + 3);
    for (int i = 0; i < 3; i++) {
      JsonNode row = read.get(i);
      assertThat(csv.get(1 + i))
          .isEqualTo(
              "OPEN_LATE,%s,%s,,,%s,%d,%d,%s,%s,,%d"
                  .formatted(
                      row.get("programme").asString(),
                      row.get("venue").asString(),
                      row.get("slip").asString(),
                      row.get("position").asLong(),
                      row.get("cents").asLong(),
                      row.get("presentedOn").asString(),
                      row.get("payBy").asString(),
                      row.get("daysLate").asLong()));
    }
    JsonNode rows = json.readTree(get(export + "&format=JSON").body());
    assertThat(rows.valueStream().mapToLong(row -> row.get("cents").asLong()).sum())
        .isEqualTo(7_000);
    assertThat(rows.get(0).get("paidOn").isNull()).isTrue();
    String french = get(export + "&format=EXCEL_FR&venue=" + BETA.value()).body();
    assertThat(french)
        .startsWith("\uFEFFNature;Dispositif;Lieu;Règlement;Virement;Bordereau;Position;")
        .contains(";\"=\"\"" + BETA.value() + "\"\"\";", ";10/04/2026;");
    assertThat(french.lines()).hasSize(2);
    problem(400, get("/api/late-payments/export?asOf=2026-04-13"));
    problem(400, get(export + "&format=XLS"));
    problem(400, get(export + "&format=%00"));
  }

  @Test
  void anAdviceIsOfAVenueOrATransferOfAReleasedRun() throws Exception {
    post(RUNS, RUN);
    String path = RUNS + "/R-1/remittance-advice";
    assertThat(problem(400, get(path)).get("code").asString())
        .isEqualTo("VENUE_OR_TRANSFER_REQUIRED");
    assertThat(problem(409, get(path + "?transfer=R-1-1")).get("code").asString())
        .isEqualTo("RUN_NOT_RELEASED");
    release();
    JsonNode advice = json.readTree(get(path + "?venue=" + ALPHA.value()).body());
    assertThat(advice.get("transferredCents").asLong()).isEqualTo(4_000);
    HttpResponse<String> csv = get(path + ".csv?transfer=R-1-1");
    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
    assertThat(csv.body()).startsWith("\uFEFFNature;Virement");
    problem(404, get(path + "?transfer=R-1-9"));
    problem(404, get(RUNS + "/R-9/remittance-advice?venue=x"));
    problem(400, get(path + "?venue=x&limit=5001"));
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path)).GET().build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private JsonNode problem(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class World {
    /** Of the day of the cut-off. */
    private static final Clock NOON =
        Clock.fixed(Instant.parse("2026-04-01T10:00:00Z"), ZoneOffset.UTC);

    final Map<String, Map<String, String>> vault = new HashMap<>();
    SettlementWorld ledger = new SettlementWorld();
    SettlementEndpoint endpoint = endpoint(Optional.empty());

    void debited(String transfer) {
      ledger.debited(transfer, SettlementWorld.CUT_OFF);
    }

    void begin(Optional<OperatorAccount> operator) {
      ledger = new SettlementWorld();
      ledger.ledger.given(
          account(ALPHA, "v-alpha", "iban-1"),
          account(BETA, "v-beta", "iban-2"),
          slip(ALPHA, "S-1", 4_000),
          slip(BETA, "S-1", 2_000),
          slip(GAMMA, "S-1", 1_000));
      ledger.begin(SettlementWorld.CUT_OFF);
      vault.put(
          "v-alpha",
          Map.of(VenueAccountOpened.IBAN, IBAN, VenueAccountOpened.HOLDER, "Médiathèque"));
      vault.put(
          "v-beta",
          Map.of(
              VenueAccountOpened.IBAN, "DE89370400440532013000", VenueAccountOpened.HOLDER, "Bus"));
      endpoint = endpoint(operator);
    }

    RemittanceAdviceEndpoint advices() {
      return new RemittanceAdviceEndpoint(
          new RemittanceAdvices(ledger.register, Supplier::get, new FixtureReader(ledger.ledger)));
    }

    SettlementCalendarEndpoint calendars() {
      return new SettlementCalendarEndpoint(ledger.ledger, ledger.register, Supplier::get, NOON);
    }

    LatePaymentEndpoint late() {
      return new LatePaymentEndpoint(
          new LatePayments(ledger.register, Supplier::get),
          Clock.offset(NOON, Duration.ofDays(11)));
    }

    private SettlementEndpoint endpoint(Optional<OperatorAccount> operator) {
      ReadLock registers = Supplier::get;
      return new SettlementEndpoint(
          ledger.ledger,
          new SettlementRuns(
              ledger.register,
              registers,
              new FixtureReader(ledger.ledger),
              new Opened(vault),
              operator));
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({Http.class, EngineActs.class})
  static class Application {
    @Bean
    World world() {
      return new World();
    }

    @Bean
    @Scope("prototype")
    SettlementEndpoint settlementEndpoint(World world) {
      return world.endpoint;
    }

    @Bean
    @Scope("prototype")
    RemittanceAdviceEndpoint remittanceAdviceEndpoint(World world) {
      return world.advices();
    }

    @Bean
    @Scope("prototype")
    SettlementCalendarEndpoint settlementCalendarEndpoint(World world) {
      return world.calendars();
    }

    @Bean
    @Scope("prototype")
    LatePaymentEndpoint latePaymentEndpoint(World world) {
      return world.late();
    }

    @Bean
    SecurityFilterChain open(HttpSecurity security) {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }
  }

  private record Opened(Map<String, Map<String, String>> entries) implements Vault {
    @Override
    public VaultReference seal(String subject, String kind, Map<String, String> content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<VaultReference> find(String subject, String kind, Map<String, String> content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Map<String, String>> open(VaultReference reference) {
      return Optional.ofNullable(entries.get(reference.value()));
    }

    @Override
    public void erase(String subject) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String fingerprint(String value) {
      throw new UnsupportedOperationException();
    }
  }
}
