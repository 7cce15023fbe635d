package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.ELSEWHERE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.OTHER_VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.listed;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.EngineActs;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FixtureReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Slips over real HTTP, on a ledger in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SlipEndpointIT {
  private static final String SLIPS = "/api/venues/" + VENUE + "/slips";

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Autowired RedemptionWorld world;

  @Test
  void aSlipIsJudgedOnceAndAnsweredTheSameForEver() throws Exception {
    String slip = slip("E-1", line(cheque(1)), line(forged(2)), line(cheque(99)));

    HttpResponse<String> first = post(SLIPS, "application/json", slip);
    HttpResponse<String> again = post(SLIPS, "application/json", slip);

    assertThat(first.statusCode()).isEqualTo(201);
    JsonNode answer = json.readTree(first.body());
    assertThat(answer.get("venue").asString()).isEqualTo(VENUE.value());
    assertThat(answer.get("reference").asString()).isEqualTo("E-1");
    assertThat(answer.get("acceptedCount").asInt()).isEqualTo(1);
    assertThat(answer.get("rejectedCount").asInt()).isEqualTo(2);
    assertThat(answer.get("amountCents").asLong()).isEqualTo(1_000);
    assertThat(answer.get("already").asBoolean()).isFalse();
    assertThat(answer.get("dryRun").asBoolean()).isFalse();
    JsonNode second = answer.get("lines").get(1);
    assertThat(second.get("line").asInt()).isEqualTo(2);
    assertThat(second.get("cheque").asString()).isEqualTo("00007-0002");
    assertThat(second.get("verdict").asString()).isEqualTo("BAD_CHECK_CODE");
    assertThat(second.get("explanation").asString()).contains("00007-0002");
    assertThat(second.get("remedy").asString()).contains("new reference");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .isEqualTo(first.body().replace("\"already\":false", "\"already\":true"));
  }

  @Test
  void aSlipThatRepaysWhatWasPaidEarlyIsAnsweredWithItsOwnPosition() throws Exception {
    Batch batch = Batch.of(8);
    RedemptionWorld.Rules rules = new RedemptionWorld.Rules();
    rules.keyVersion = 2;
    rules.chequeCount = 10;
    world.ledger.given(
        PaidEarlyTest.amendedToHalfOnUse(),
        rules.issue(batch, 0),
        RedemptionWorld.activated(batch, 1, 10),
        RedemptionWorld.handedOut("h-8", RedemptionWorld.HANDED_OUT, new ChequeRange(batch, 1, 10)),
        PaidEarlyTest.receipt("r-8", RedemptionWorld.STATE, 300));
    String slip = slip("E-8", line(cheque(batch, 1)));

    HttpResponse<String> first = post(SLIPS, "application/json", slip);
    HttpResponse<String> again = post(SLIPS, "application/json", slip);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    assertThat(world.ledger.facts().getLast()).isInstanceOf(FundsTransferred.class);
    assertThat(again.body())
        .isEqualTo(first.body().replace("\"already\":false", "\"already\":true"));
  }

  @Test
  void theCsvOfASlipIsTheSameSlipAsItsJson() throws Exception {
    post(SLIPS, "application/json", slip("E-2", line(cheque(3)), line(cheque(4))));
    String csv =
        "\uFEFFcheque;servedOn;service;pointOfService\r\n%s;16/03/2026;Utiliser le numérique;gueret\r\n%s;16/03/2026;Utiliser le numérique;gueret\r\n"
            .formatted(cheque(3).printed(), cheque(4).printed());

    HttpResponse<String> again = post(SLIPS + "?reference=E-2", "text/csv; charset=UTF-8", csv);

    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(json.readTree(again.body()).get("already").asBoolean()).isTrue();
  }

  @Test
  void aDryRunJudgesAndRecordsNothing() throws Exception {
    int head = world.ledger.facts().size();
    HttpResponse<String> dry =
        post(SLIPS + "?dryRun=true", "application/json", slip("E-3", line(cheque(5))));

    assertThat(dry.statusCode()).isEqualTo(200);
    assertThat(json.readTree(dry.body()).get("dryRun").asBoolean()).isTrue();
    assertThat(json.readTree(dry.body()).get("acceptedCount").asInt()).isEqualTo(1);
    assertThat(world.ledger.facts()).hasSize(head);
    assertThat(post(SLIPS, "application/json", slip("E-3", line(cheque(5)))).statusCode())
        .isEqualTo(201);
  }

  @Test
  void otherLinesUnderTheSameReferenceAreRefused() throws Exception {
    post(SLIPS, "application/json", slip("E-4", line(cheque(6))));
    JsonNode problem = problem(409, post(SLIPS, "application/json", slip("E-4", line(cheque(7)))));

    assertThat(problem.get("code").asString()).isEqualTo("SLIP_REFERENCE_REUSED");
    assertThat(problem.get("errors").get(0).get("remedy").asString()).contains("new reference");
  }

  @Test
  void aRecordedSlipCanBeReadAgainWithoutTheCodesOfUnknownCheques() throws Exception {
    ChequeCode unknown = cheque(Batch.of(9), 1);
    post(SLIPS, "application/json", slip("E-5", line(cheque(8)), line(unknown)));

    HttpResponse<String> read = get(SLIPS + "/E-5");
    JsonNode slip = json.readTree(read.body());
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(slip.get("acceptedCount").asInt()).isEqualTo(1);
    assertThat(slip.get("lines").get(1).get("verdict").asString()).isEqualTo("UNKNOWN_CHEQUE");
    assertThat(slip.get("lines").get(1).has("cheque")).isFalse();
    assertThat(slip.get("recordedAt").asString()).isNotBlank();

    problem(404, get(SLIPS + "/E-none"));
    problem(404, get(SLIPS + "/" + "x".repeat(41)));
    problem(404, get("/api/venues/" + OTHER_VENUE + "/slips/E-5"));
  }

  @Test
  void theLinesOfASlipAreAFileWithoutTheCodesOfUnknownCheques() throws Exception {
    ChequeCode unknown = cheque(Batch.of(9), 1);
    post(SLIPS, "application/json", slip("E-50", line(cheque(50)), line(unknown)));

    String csv = get(SLIPS + "/E-50/lines/export").body();
    assertThat(csv)
        .startsWith(
            "line,cheque,servedOn,service,pointOfService,verdict,on,explanation,remedy\r\n"
                + "1,00007-001J,2026-03-16,Utiliser le numérique,gueret,ACCEPTED,,")
        .contains("\r\n2,,2026-03-16,Utiliser le numérique,gueret,UNKNOWN_CHEQUE,,")
        .doesNotContain(unknown.serial().toString());
    assertThat(get(SLIPS + "/E-50/lines/export?format=EXCEL_FR").body())
        .startsWith("\uFEFFLigne;Chèque;Date du service;Service;Point d’accueil;Verdict;")
        .contains("\r\n1;00007-001J;16/03/2026;", ";Acceptée;", ";Chèque inconnu;")
        .contains("Aucun chèque émis ne porte ce numéro.", "Relisez les neuf premiers caractères")
        .doesNotContain("ACCEPTED", "UNKNOWN_CHEQUE", "no cheque was ever issued");
    JsonNode rows = json.readTree(get(SLIPS + "/E-50/lines/export?format=JSON").body());
    JsonNode read = json.readTree(get(SLIPS + "/E-50").body()).get("lines");
    assertThat(rows).hasSize(2);
    assertThat(rows.get(1).get("remedy")).isEqualTo(read.get(1).get("remedy"));
    assertThat(get(SLIPS + "/E-51/lines/export").statusCode()).isEqualTo(404);
    assertThat(get(SLIPS + "/E-50/lines/export?format=XLS").statusCode()).isEqualTo(400);
  }

  @Test
  void everyLineThatNamesAForeignPointOfServiceIsTold() throws Exception {
    world.ledger.given(listed(OTHER_VENUE, ELSEWHERE));
    String csv =
        "cheque;servedOn;service;pointOfService\n%1$s;2026-03-16;Autre;elsewhere\n%1$s;2026-03-16;Autre;gueret\n%1$s;2026-03-16;Autre;nowhere\n"
            .formatted(cheque(9).printed());
    JsonNode problem = problem(422, post(SLIPS + "?reference=E-6", "text/csv", csv));

    assertThat(problem.get("code").asString()).isEqualTo("UNKNOWN_POINT_OF_SERVICE");
    assertThat(problem.get("errors").get(0).get("line").asInt()).isEqualTo(2);
    assertThat(problem.get("errors").get(0).get("value").asString()).isEqualTo("elsewhere");
    assertThat(problem.get("errors").get(1).get("line").asInt()).isEqualTo(4);
  }

  @Test
  void whatCannotBeReadIsRefusedAndNothingIsRecorded() throws Exception {
    int head = world.ledger.facts().size();
    String bad = slip("E-7", line(cheque(10))).replace("2026-03-16", "1926-03-16");

    assertThat(code(400, post(SLIPS, "application/json", bad))).isEqualTo("INVALID_SLIP");
    assertThat(code(400, post(SLIPS, "application/json", "{"))).isEqualTo("MALFORMED_JSON");
    assertThat(code(400, post(SLIPS, "application/json", ""))).isEqualTo("EMPTY_UPLOAD");
    assertThat(code(400, post(SLIPS, "text/csv", "x"))).isEqualTo("INVALID_PARAMETER");
    assertThat(code(400, post(SLIPS + "?reference=E-7", "application/json", bad)))
        .isEqualTo("INVALID_PARAMETER");
    assertThat(code(415, post(SLIPS, "text/plain", "x"))).isNotBlank();
    assertThat(
            code(
                400,
                send(
                    SLIPS + "?reference=E-7",
                    "text/csv",
                    "cheque;servedOn;service;pointOfService\n\n1;2;numérique;4"
                        .getBytes(StandardCharsets.ISO_8859_1))))
        .isEqualTo("WRONG_ENCODING");
    assertThat(
            code(
                404,
                post(
                    "/api/venues/00000000000000/slips",
                    "application/json",
                    slip("E-7", line(cheque(10))))))
        .isEqualTo("UNKNOWN_VENUE");
    assertThat(code(422, post(SLIPS, "application/json", slip("E-7")))).isEqualTo("NO_LINES");
    String tooLong =
        slip(
            "E-7",
            IntStream.rangeClosed(0, SubmitSlip.MOST_LINES)
                .mapToObj(_ -> line(cheque(10)))
                .toArray(String[]::new));
    assertThat(code(422, post(SLIPS, "application/json", tooLong))).isEqualTo("TOO_MANY_LINES");
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void aWithdrawnSlipIsAnsweredAsItWasRecordedAndThatItIsWithdrawn() throws Exception {
    String slip = slip("E-10", line(cheque(30)), line(forged(31)));
    HttpResponse<String> first = post(SLIPS, "application/json", slip);
    String withdrawal = SLIPS + "/E-10/withdrawal";

    HttpResponse<String> rehearsed = post(withdrawal + "?dryRun=true", "application/json", "");
    assertThat(rehearsed.statusCode()).isEqualTo(200);
    assertThat(json.readTree(rehearsed.body()).get("dryRun").asBoolean()).isTrue();
    assertThat(json.readTree(get(SLIPS + "/E-10").body()).has("withdrawnAt")).isFalse();

    HttpResponse<String> done = post(withdrawal, "application/json", "");
    HttpResponse<String> again = post(withdrawal, "application/json", "");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
    assertThat(json.readTree(done.body()).get("cheques").asInt()).isEqualTo(1);
    assertThat(json.readTree(done.body()).get("cents").asLong()).isEqualTo(1_000);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .isEqualTo(done.body().replace("\"already\":false", "\"already\":true"));

    String withdrawnAt = json.readTree(done.body()).get("withdrawnAt").asString();
    HttpResponse<String> retry = post(SLIPS, "application/json", slip);
    assertThat(retry.statusCode()).isEqualTo(200);
    assertThat(retry.body())
        .isEqualTo(
            first
                .body()
                .replace(
                    "\"already\":false,\"dryRun\":false",
                    "\"already\":true,\"dryRun\":false,\"withdrawnAt\":\"" + withdrawnAt + "\""));
    assertThat(json.readTree(get(SLIPS + "/E-10").body()).get("withdrawnAt").asString())
        .isEqualTo(withdrawnAt);
    assertThat(code(409, post(SLIPS, "application/json", slip("E-10", line(cheque(30))))))
        .isEqualTo("SLIP_REFERENCE_REUSED");
    JsonNode anew =
        json.readTree(post(SLIPS, "application/json", slip("E-11", line(cheque(30)))).body());
    assertThat(anew.get("acceptedCount").asInt()).isEqualTo(1);

    problem(404, post(SLIPS + "/E-none/withdrawal", "application/json", ""));
    problem(404, post("/api/venues/" + OTHER_VENUE + "/slips/E-10/withdrawal", "text/csv", ""));
  }

  @Test
  void noAnswerHoldsACheckPart() throws Exception {
    List<ChequeCode> codes = List.of(cheque(20), forged(21), cheque(98), cheque(Batch.of(9), 2));
    String[] lines = codes.stream().map(SlipEndpointIT::line).toArray(String[]::new);
    String everything =
        post(SLIPS + "?dryRun=true", "application/json", slip("E-8", lines)).body()
            + post(SLIPS, "application/json", slip("E-8", lines)).body()
            + post(SLIPS, "application/json", slip("E-8", lines[0])).body()
            + post(SLIPS, "application/json", slip("E-9", lines).replace("gueret", "nowhere"))
                .body()
            + post(SLIPS, "application/json", slip("E-9", lines).replace("2026", "26")).body()
            + get(SLIPS + "/E-8").body();

    for (ChequeCode code : codes) {
      String printed = code.printed();
      assertThat(everything).doesNotContain(printed.substring(printed.length() - 6));
    }
  }

  // --- sending

  private static String slip(String reference, String... lines) {
    return "{\"reference\": \"%s\", \"lines\": [%s]}".formatted(reference, String.join(",", lines));
  }

  private static String line(ChequeCode code) {
    return """
    {"cheque": "%s", "servedOn": "2026-03-16", "service": "Utiliser le numérique", "pointOfService": "gueret"}
    """
        .formatted(code.printed());
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> send(String path, String type, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path)).GET().build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private JsonNode problem(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  private String code(int status, HttpResponse<String> answer) {
    return problem(status, answer).get("code").asString();
  }

  // --- the application around it

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({Http.class, EngineActs.class})
  static class Application {
    @Bean
    RedemptionWorld world() {
      return RedemptionWorld.usual();
    }

    @Bean
    SlipEndpoint slipEndpoint(RedemptionWorld world) {
      Commands commands = world.ledger;
      return new SlipEndpoint(
          world.desk,
          new SlipArchive(world.register, Supplier::get, new FixtureReader(world.ledger)),
          commands);
    }

    @Bean
    SecurityFilterChain open(HttpSecurity security) {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }
  }
}
