package fr.passnumerique.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.vault.Vault;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.MethodMode;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a programme to a cheque in a person's hand over real HTTP, on a ledger in memory. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "spring.main.allow-bean-definition-overriding=true")
@ExtendWith(OutputCaptureExtension.class)
class CommandEndpointsIT {
  private static final String PROGRAMME =
      """
      {"programme": "pass", "name": "Pass numérique", "validityDays": 90,
       "presentationWindowDays": 60}
      """;
  private static final String FUNDER =
      """
      {"funder": "anct", "name": "ANCT", "kind": "STATE"}
      """;
  private static final String AGREEMENT =
      """
      {"agreement": "creuse", "programme": "pass", "signedOn": "2026-01-05",
       "startsOn": "2026-01-01", "endsOn": "2026-12-31", "territory": ["23"],
       "shares": [{"funder": "anct", "basisPoints": 10000, "ceilingCents": 1000000,
                   "terms": "PREPAID"}]}
      """;
  private static final String RECEIPT =
      """
      {"receipt": "R-1", "agreement": "creuse", "funder": "anct", "amountCents": 20000,
       "valueDate": "2026-03-02"}
      """;
  private static final String ORDER =
      """
      {"order": "O-1", "agreement": "creuse", "fundingDepartement": "23", "chequeCount": 30,
       "endsOn": "2026-08-31"}
      """;
  private static final String PRESCRIBER =
      """
      {"prescriber": "ccas", "name": "CCAS de Guéret", "departement": "23"}
      """;
  private static final String DELIVERY =
      """
      {"delivery": "D-1", "prescriber": "ccas", "batch": "00001", "firstOrdinal": 1,
       "lastOrdinal": 20, "deliveredOn": "2026-03-02"}
      """;
  private static final String ACTIVATION =
      """
      {"activation": "A-1", "batch": "00001", "lastOrdinal": 20}
      """;
  private static final String HAND_OUT =
      """
      {"handOut": "H-1", "prescriber": "ccas", "handedOutOn": "2026-03-02",
       "carnets": [{"batch": "00001", "first": 2, "last": 2}], "cheques": ["00001-0001"]}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Autowired DecisionFixture ledger;
  @Autowired Vault vault;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Test
  @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
  void aChequeComesFromAProgrammeIntoAPersonsHand() throws Exception {
    JsonNode programme = created("/api/programmes", PROGRAMME);
    assertThat(programme.get("faceValueCents").asLong()).isEqualTo(1_000);
    assertThat(programme.get("chequesPerCarnet").asInt()).isEqualTo(10);
    assertThat(programme.get("toleranceDays").asInt()).isEqualTo(30);
    assertThat(programme.get("position").asLong()).isEqualTo(1);
    created("/api/funders", FUNDER);
    created("/api/agreements", AGREEMENT);
    created("/api/receipts", RECEIPT);
    JsonNode issued = created("/api/orders", ORDER);
    assertThat(issued.get("batch").asString()).isEqualTo("00001");
    assertThat(issued.get("shares").get(0).get("cents").asLong()).isEqualTo(30_000);
    created("/api/prescribers", PRESCRIBER);
    created("/api/deliveries", DELIVERY);
    JsonNode activated = created("/api/activations", ACTIVATION);
    assertThat(activated.get("firstOrdinal").asInt()).isEqualTo(1);
    JsonNode handedOut = created("/api/hand-outs", HAND_OUT);
    assertThat(handedOut.get("cheques").toString())
        .isEqualTo(
            "[{\"batch\":\"00001\",\"first\":1,\"last\":1},{\"batch\":\"00001\",\"first\":11,\"last\":20}]");
    assertThat(handedOut.get("position").asLong()).isEqualTo(9);
  }

  @Test
  @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
  void aPersonHasOneCarnetAndIsToldByNothingThatStays(CapturedOutput log) throws Exception {
    String renewal = ", \"renewal\": {\"carnetsPerPerson\": %d, \"afterDays\": 365}}";
    String rest = PROGRAMME.strip().replaceAll("}$", "");
    assertThat(post("/api/programmes", rest + renewal.formatted(0)).statusCode()).isEqualTo(422);
    created("/api/programmes", rest + renewal.formatted(1));
    created("/api/funders", FUNDER);
    created("/api/agreements", AGREEMENT);
    created("/api/orders", ORDER);
    created("/api/prescribers", PRESCRIBER);
    created("/api/deliveries", DELIVERY);
    String first = handOut("H-1", 1, ", \"beneficiary\": \"CAF 123 4567\"");

    assertThat(code(422, post("/api/hand-outs", handOut("H-1", 1, ""))))
        .isEqualTo("BENEFICIARY_MISSING");
    assertThat(code(400, post("/api/hand-outs", handOut("H-1", 1, ", \"beneficiary\": \" - \""))))
        .isEqualTo("INVALID_BENEFICIARY");
    for (String refused :
        List.of(
            first.replace("2026-03-02", "2026-03-03"),
            first.replace("00001", "00009"),
            first.replace("\"first\": 1, \"last\": 1", "\"first\": 1, \"last\": 2"))) {
      assertThat(post("/api/hand-outs", refused).statusCode()).isBetween(404, 422);
    }
    HttpResponse<String> dry = post("/api/hand-outs?dryRun=true", first);
    assertThat(json.readTree(dry.body()).get("beneficiary").asString()).isEqualTo("not-kept");
    assertThat(isKept("CAF 1234567")).as("nothing was handed out").isFalse();

    JsonNode handedOut = created("/api/hand-outs", first);
    assertThat(handedOut.toString()).doesNotContain("4567").doesNotContain("not-kept");
    assertThat(isKept("CAF 1234567")).isTrue();
    JsonNode again = json.readTree(post("/api/hand-outs", first).body());
    assertThat(again.get("already").asBoolean()).isTrue();
    assertThat(code(409, post("/api/hand-outs", first.replace("CAF 123 4567", "CAF 123 4568"))))
        .isEqualTo("HAND_OUT_ALREADY_RECORDED");
    assertThat(isKept("CAF 1234568")).as("refused").isFalse();
    String second = handOut("H-2", 2, ", \"beneficiary\": \"caf-1234567\"");
    HttpResponse<String> refused = post("/api/hand-outs", second);
    assertThat(code(422, refused)).isEqualTo("RENEWAL_TOO_EARLY");
    assertThat(refused.body()).doesNotContain("4567").contains("2027-03-02");
    assertThat(rehearsed(second))
        .as("a dry run tells nothing of a person: known and unknown are answered alike")
        .isEqualTo(rehearsed(second.replace("caf-1234567", "CAF 123 4568")));
    assertThat(rehearsed(first))
        .as("nor whose a recorded hand-out was")
        .isEqualTo(rehearsed(first.replace("CAF 123 4567", "CAF 123 4568")));
    assertThat(isKept("CAF 1234568")).as("rehearsed").isFalse();

    assertThat(
            post(
                    "/api/beneficiary-erasures",
                    "{\"programme\": \"pass\", \"beneficiary\": \"CAF 1234567\"}")
                .statusCode())
        .isEqualTo(200);
    assertThat(json.readTree(post("/api/hand-outs", first).body()))
        .as("sent again after the erasure it is answered as before, and nobody is kept for it")
        .isEqualTo(again);
    assertThat(isKept("CAF 1234567")).isFalse();
    created("/api/hand-outs", second);
    assertThat(json.readTree(post("/api/hand-outs", first).body())).isEqualTo(again);
    assertThat(code(409, post("/api/hand-outs", handOut("H-1", 1, ""))))
        .isEqualTo("HAND_OUT_ALREADY_RECORDED");
    assertThat(ledger.facts().toString()).doesNotContain("4567");
    assertThat(log.getAll()).doesNotContain("1234567");
  }

  private String rehearsed(String handOut) throws Exception {
    HttpResponse<String> answer = post("/api/hand-outs?dryRun=true", handOut);
    return answer.statusCode() + answer.body();
  }

  private boolean isKept(String beneficiary) {
    String person = beneficiary.replace(" ", "");
    return vault
        .find(
            "beneficiary:" + vault.fingerprint("beneficiary|pass|" + person),
            "beneficiary",
            Map.of("programme", "pass"))
        .isPresent();
  }

  private static String handOut(String id, int carnet, String more) {
    return """
    {"handOut": "%s", "prescriber": "ccas", "handedOutOn": "2026-03-02",
     "carnets": [{"batch": "00001", "first": %d, "last": %d}]%s}
    """
        .formatted(id, carnet, carnet, more);
  }

  private String code(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body()).get("code").asString();
  }

  @Test
  @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
  void sentAgainEachIsAnsweredAsTheFirstTimeAndAddsNothing() throws Exception {
    life();
    int head = ledger.facts().size();
    List<List<String>> all =
        List.of(
            List.of("/api/programmes", PROGRAMME),
            List.of("/api/funders", FUNDER),
            List.of("/api/agreements", AGREEMENT),
            List.of("/api/receipts", RECEIPT),
            List.of("/api/orders", ORDER),
            List.of("/api/prescribers", PRESCRIBER),
            List.of("/api/deliveries", DELIVERY),
            List.of("/api/activations", ACTIVATION),
            List.of("/api/hand-outs", HAND_OUT));
    for (int i = 0; i < all.size(); i++) {
      HttpResponse<String> again = post(all.get(i).getFirst(), all.get(i).getLast());

      assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
      assertThat(json.readTree(again.body()).get("already").asBoolean()).isTrue();
      assertThat(json.readTree(again.body()).get("position").asLong()).isEqualTo(i + 1);
    }
    assertThat(ledger.facts()).hasSize(head);
  }

  @Test
  @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
  void aDryRunAnswersAsIfAndRecordsNothing() throws Exception {
    for (String[] step :
        new String[][] {
          {"/api/receipts", RECEIPT},
          {"/api/orders", ORDER},
          {"/api/deliveries", DELIVERY},
          {"/api/activations", ACTIVATION},
          {"/api/hand-outs", HAND_OUT}
        }) {
      before(step[0]);
      int head = ledger.facts().size();

      HttpResponse<String> dry = post(step[0] + "?dryRun=true", step[1]);

      assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
      assertThat(json.readTree(dry.body()).get("dryRun").asBoolean()).isTrue();
      assertThat(json.readTree(dry.body()).get("already").asBoolean()).isFalse();
      assertThat(ledger.facts()).hasSize(head);
    }
  }

  @Test
  @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
  void aReceiptSettlesTheCallThatItNames() throws Exception {
    before("/api/receipts");
    String call =
        "{\"call\":\"C-1\",\"agreement\":\"creuse\",\"funder\":\"anct\",\"amountCents\":20000,"
            + "\"dueOn\":\"2026-04-30\"}";
    JsonNode called = created("/api/calls-for-funds", call);
    String receipt = RECEIPT.strip().replaceAll("}$", ", \"call\": \"C-1\"}");

    JsonNode unknown = problem(404, post("/api/receipts", receipt.replace("C-1", "C-2")));
    assertThat(unknown.get("code").asString()).isEqualTo("UNKNOWN_CALL");
    problem(400, post("/api/receipts", receipt.replace("\"C-1\"", "1")));
    JsonNode received = created("/api/receipts", receipt);

    assertThat(received.get("reference")).isEqualTo(called.get("reference"));
    assertThat(post("/api/receipts", receipt).statusCode()).isEqualTo(200);
    assertThat(problem(409, post("/api/receipts", RECEIPT)).get("code").asString())
        .isEqualTo("RECEIPT_ALREADY_RECORDED");
    String next = receipt.replace("R-1", "R-2");
    assertThat(problem(409, post("/api/receipts", next)).get("code").asString())
        .isEqualTo("CALL_SETTLED");
  }

  @Test
  void otherContentsUnderTheSameIdentifierAreAConflict() throws Exception {
    life();

    JsonNode problem = problem(409, post("/api/orders", ORDER.replace("30,", "40,")));

    assertThat(problem.get("code").asString()).isEqualTo("ORDER_ALREADY_ISSUED");
    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("order");
    assertThat(problem.get("errors").get(0).get("remedy").asString()).isNotBlank();
  }

  @Test
  void aRuleOfTheDomainIsToldWithItsRemedyAndAnUnknownThingIsNotFound() throws Exception {
    life();

    JsonNode rule =
        problem(
            422,
            post(
                "/api/activations",
                "{\"activation\": \"A-2\", \"batch\": \"00001\", \"firstOrdinal\": 21}"));
    assertThat(rule.get("code").asString()).isEqualTo("CASH_MISSING");
    JsonNode unknown =
        problem(404, post("/api/orders", ORDER.replace("O-1", "O-2").replace("creuse", "other")));
    assertThat(unknown.get("code").asString()).isEqualTo("UNKNOWN_AGREEMENT");
  }

  @Test
  void anAmountIsAWholeNumberOfCentsWithinALong() throws Exception {
    before("/api/receipts");
    int head = ledger.facts().size();
    String other = RECEIPT.replace("R-1", "R-2");

    for (String amount :
        List.of("200.50", "2e2", "\"20000\"", "9223372036854775808", "null", "1e400", "true")) {
      problem(400, post("/api/receipts", other.replace("20000", amount)));
    }
    for (String amount : List.of("0", "-1", "-9223372036854775808", "9223372036854775807")) {
      JsonNode problem = problem(422, post("/api/receipts", other.replace("20000", amount)));
      assertThat(problem.get("code").asString()).isEqualTo("AMOUNT_OUT_OF_RANGE");
    }
    assertThat(ledger.facts()).hasSize(head);
  }

  @Test
  void aMissingMisspeltOrMalformedFieldIsNamedAndNothingRecorded() throws Exception {
    before("/api/orders");
    int head = ledger.facts().size();

    for (String[] wrong :
        new String[][] {
          {"\"chequeCount\": 30,", "", "chequeCount"},
          {"\"chequeCount\"", "\"dryRun\": true, \"chequeCount\"", "dryRun"},
          {"2026-08-31", "31/08/2026", "endsOn"},
          {"\"23\"", "\"20\"", "fundingDepartement"},
          {"\"O-1\"", "\"O 1\"", "order"},
          {"\"O-1\"", "null", "order"}
        }) {
      JsonNode problem = problem(400, post("/api/orders", ORDER.replace(wrong[0], wrong[1])));
      assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(wrong[2]);
    }
    problem(400, post("/api/hand-outs", HAND_OUT.replace("[\"00001-0001\"]", "[null]")));
    assertThat(ledger.facts()).hasSize(head);
  }

  @Test
  void theCodesOfAnOrderAreDerivedForThePrinterAndLeftNowhere(CapturedOutput log) throws Exception {
    life();
    String code = code(12);

    HttpResponse<String> codes = get("/api/orders/O-1/codes?from=12&to=13");

    assertThat(codes.statusCode()).isEqualTo(200);
    assertThat(codes.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
    assertThat(codes.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(codes.body())
        .isEqualTo("serial,code\r\n00001-000C,%s\r\n00001-000D,%s\r\n".formatted(code, code(13)));
    assertThat(log).contains("codes 12 to 13 of order O-1").doesNotContain(code);
  }

  @Test
  void withoutARangeAllCodesOfTheOrderAreGiven() throws Exception {
    life();

    assertThat(get("/api/orders/O-1/codes").body().lines()).hasSize(31);
    assertThat(get("/api/orders/O-1/codes?from=30").body().lines()).hasSize(2);
  }

  @Test
  void codesOfAnotherRangeOrAnUnknownOrderAreNotGiven() throws Exception {
    life();

    for (String range : List.of("from=0", "to=31", "from=5&to=4", "from=-1&to=3")) {
      JsonNode problem = problem(400, get("/api/orders/O-1/codes?" + range));
      assertThat(problem.get("code").asString()).isEqualTo("RANGE_OUTSIDE_ORDER");
    }
    problem(400, get("/api/orders/O-1/codes?from=x"));
    assertThat(problem(404, get("/api/orders/O-9/codes")).get("code").asString())
        .isEqualTo("UNKNOWN_ORDER");
  }

  @Test
  @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
  void aScannedCodeNamesItsChequeAndIsNotRepeated(CapturedOutput log) throws Exception {
    before("/api/hand-outs");
    String scanned = code(1);

    HttpResponse<String> answer = post("/api/hand-outs", HAND_OUT.replace("00001-0001", scanned));
    HttpResponse<String> asSerial = post("/api/hand-outs", HAND_OUT);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(asSerial.statusCode()).isEqualTo(200);
    assertThat(answer.body()).doesNotContain(check(scanned));
    assertThat(log).doesNotContain(check(scanned));
  }

  @Test
  void aMistypedCodeIsNotRepeated(CapturedOutput log) throws Exception {
    before("/api/hand-outs");
    String mistyped = code(1) + "7";

    JsonNode problem =
        problem(400, post("/api/hand-outs", HAND_OUT.replace("00001-0001", mistyped)));

    assertThat(problem.get("code").asString()).isEqualTo("SERIAL_NOT_READABLE");
    assertThat(problem.get("errors").get(0).get("line").asInt()).isEqualTo(1);
    assertThat(problem.toString()).doesNotContain(check(mistyped));
    assertThat(log).doesNotContain(check(mistyped));
  }

  @Test
  void everyEndpointSaysWhoMayCallItAndHasAStableName() {
    List<String> names =
        mappings.getHandlerMethods().values().stream()
            .filter(h -> h.getBeanType().getPackageName().startsWith("fr.passnumerique.clearing."))
            .filter(h -> !h.getBeanType().getPackageName().endsWith(".http"))
            .map(
                handler -> {
                  assertThat(handler.hasMethodAnnotation(Permit.class)).as("%s", handler).isTrue();
                  return handler.getMethodAnnotation(Operation.class).operationId();
                })
            .toList();

    assertThat(names)
        .doesNotHaveDuplicates()
        .contains(
            "defineProgramme",
            "registerFunder",
            "signAgreement",
            "recordReceipt",
            "orderCheques",
            "downloadCodes",
            "activateCheques",
            "registerPrescriber",
            "deliverCheques",
            "handOutCheques");
  }

  private static final List<String[]> LIFE =
      List.of(
          new String[] {"/api/programmes", PROGRAMME},
          new String[] {"/api/funders", FUNDER},
          new String[] {"/api/agreements", AGREEMENT},
          new String[] {"/api/receipts", RECEIPT},
          new String[] {"/api/orders", ORDER},
          new String[] {"/api/prescribers", PRESCRIBER},
          new String[] {"/api/deliveries", DELIVERY},
          new String[] {"/api/activations", ACTIVATION},
          new String[] {"/api/hand-outs", HAND_OUT});

  private void life() throws Exception {
    before("");
  }

  /** All that comes before this step; again is no matter. */
  private void before(String path) throws Exception {
    for (String[] step : LIFE) {
      if (step[0].equals(path)) {
        return;
      }
      assertThat(post(step[0], step[1]).statusCode()).isBetween(200, 201);
    }
  }

  private String code(int ordinal) {
    var serial = new Serial(Batch.of(1), ordinal);
    return new ChequeCode(serial, FundedWorld.KEYS.check(serial, FundedWorld.KEY)).printed();
  }

  private static String check(String code) {
    return code.substring(11);
  }

  private JsonNode created(String path, String body) throws Exception {
    HttpResponse<String> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode node = json.readTree(answer.body());
    assertThat(node.get("already").asBoolean()).isFalse();
    assertThat(node.get("dryRun").asBoolean()).isFalse();
    return node;
  }

  private JsonNode problem(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    return json.readTree(answer.body());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({Http.class, FundedWorld.Wiring.class})
  static class Application {
    @Bean
    SecurityFilterChain open(HttpSecurity security) {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }

    @Bean
    WebMvcConfigurer actors() {
      return new WebMvcConfigurer() {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
          resolvers.add(new EngineActs());
        }
      };
    }
  }

  private static final class EngineActs implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      return Actor.ENGINE;
    }
  }
}
