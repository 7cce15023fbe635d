package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.GuessingTime;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.openapi.ApiDescription;
import fr.passnumerique.ui.openapi.DescribedApi;
import fr.passnumerique.ui.openapi.DescribedExamples;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules of the whole application, each tried by every role on its own subject and another's.
 */
@SpringBootTest(
    classes = {ClearingApplication.class, DenialMatrixIT.TimeStandsStill.class},
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class DenialMatrixIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  /** Else the wait, a second at first, is over when a slow answer to the third guess comes. */
  @TestConfiguration(proxyBeanMethods = false)
  static class TimeStandsStill {
    @Bean
    GuessingTime guessingTime() {
      return () -> 0;
    }
  }

  private List<DenialMatrix.Caller> callers;

  @BeforeAll
  void createCallers() {
    callers = Callers.in(accounts);
  }

  @Autowired Accounts accounts;
  @Autowired MeterRegistry meters;
  @Autowired JsonMapper json;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  @Value("${local.server.port}")
  int port;

  @Test
  void everyEndpointAndPageAdmitsWhomItsRuleNamesAndNobodyElse() throws Exception {
    DenialMatrix matrix =
        new DenialMatrix(
            base(),
            callers,
            () -> meters.get("pass.access.denied").tag("reason", "foreign").counter().count());

    DenialMatrix.Report report = matrix.run(api(), mapping.getHandlerMethods());

    System.out.println(report);
    assertThat(report.failures()).as(report.toString()).isEmpty();
    assertThat(report.endpoints()).isGreaterThan(20);
    assertThat(report.pages()).isGreaterThan(1);
    assertThat(report.counts().get("404 foreign")).isPositive();
  }

  @Test
  void whatReleasesMoneyChangesAnIbanOrReversesAsksForASecondFactor() throws Exception {
    Set<String> asking = new TreeSet<>();
    for (JsonNode path : api().path("paths")) {
      for (JsonNode operation : path) {
        if (operation.path(ApiDescription.SECOND_FACTOR).asBoolean(false)) {
          asking.add(operation.path("operationId").asString());
        }
      }
    }

    assertThat(asking)
        .containsExactly(
            "approveAccount",
            "approveOpposition",
            "confirmFunderAccount",
            "confirmReversal",
            "confirmVenueAccount",
            "decideContest",
            "openVenueAccount",
            "proposeFunderAccount",
            "releaseRefunds",
            "releaseSettlementRun",
            "resetSecondFactor",
            "reverseLines");
  }

  @Test
  void aDayOfAnotherAgeIsTheSendersMistakeWhereverItIsSent() throws Exception {
    OtherAges ages =
        new OtherAges(base(), List.of(caller(Role.CLERK).key(), caller(Role.AUDITOR).key()));

    assertThat(ages.faults(api())).isEmpty();
    assertThat(ages.tried()).isGreaterThan(200);
  }

  /** The matrix holds every other refusal that it meets to the same. */
  @Test
  void whoeverIsRefusedIsToldWhatToDo() throws Exception {
    Remedies remedies =
        new Remedies(base(), callers.stream().map(DenialMatrix.Caller::key).toList());

    assertThat(remedies.faults(api())).isEmpty();
    assertThat(remedies.answered()).containsKeys(400, 404, 405, 406, 415);
  }

  @Test
  void everyEndpointIsDescribed() throws Exception {
    assertThat(DescribedApi.faults(api())).isEmpty();
  }

  @Test
  void everyOperationShowsWhatIsSentAndAnswered() throws Exception {
    assertThat(DescribedExamples.faults(api())).isEmpty();
  }

  @Test
  void eachExampleIsReadByItsOwnEndpoint() throws Exception {
    Map<String, JsonNode> requests = DescribedExamples.requests(api());
    assertThat(requests).hasSizeGreaterThan(40);
    Map<String, JavaType> bodies = bodies();
    requests.forEach(
        (operation, example) -> {
          JavaType type = bodies.get(operation.split(" ", 2)[0]);
          assertThat(type).as("body of %s", operation).isNotNull();
          assertThatCode(() -> json.readValue(example.toString(), type))
              .as("%s: %s", operation, example)
              .doesNotThrowAnyException();
        });
  }

  @Test
  void theListOfVenuesThatIsShownCanBeImported() throws Exception {
    JsonNode list =
        api()
            .path("paths")
            .path("/api/venues/import")
            .path("post")
            .path("requestBody")
            .path("content")
            .path("multipart/form-data")
            .path("example");
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(base().resolve("/api/venues/import?dryRun=true&source=creuse"))
                  .header("Authorization", "Bearer " + caller(Role.CLERK).key())
                  .header("Content-Type", "text/csv")
                  .POST(HttpRequest.BodyPublishers.ofString(list.asString()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(json.readTree(answer.body()).path("added").asInt()).isEqualTo(1);
    }
  }

  private Map<String, JavaType> bodies() {
    Map<String, JavaType> bodies = new HashMap<>();
    for (HandlerMethod handler : mapping.getHandlerMethods().values()) {
      Operation operation = handler.getMethodAnnotation(Operation.class);
      for (MethodParameter parameter : handler.getMethodParameters()) {
        if (operation != null && parameter.hasParameterAnnotation(RequestBody.class)) {
          bodies.put(operation.operationId(), body(operation, parameter));
        }
      }
    }
    return bodies;
  }

  /** A body of several media types is taken as bytes, and says which type its JSON is. */
  private JavaType body(Operation operation, MethodParameter parameter) {
    return Arrays.stream(operation.requestBody().content())
        .filter(content -> content.mediaType().equals("application/json"))
        .map(content -> json.constructType(content.schema().implementation()))
        .findFirst()
        .orElseGet(() -> json.constructType(parameter.getGenericParameterType()));
  }

  @Test
  void whoIsDeniedAPageIsShownAPage() throws Exception {
    try (HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
      logIn(browser, caller(Role.PRESCRIBER).login(), caller(Role.PRESCRIBER).password());

      assertThat(page(browser, "/nowhere")).startsWith("404 ").contains("<h1>", "Erreur");
      assertThat(page(browser, "/bordereaux")).startsWith("403 ").contains("<h1>", "Erreur");
      assertThat(page(browser, "/a%00b")).startsWith("400 ");
    }
  }

  /** A question about the past is answered for the past, or refused with what can be asked. */
  @Test
  void aPageRefusesAParameterThatItDoesNotKnowAndAMomentThatCannotBeTold() throws Exception {
    try (HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
      logIn(browser, caller(Role.CLERK).login(), caller(Role.CLERK).password());

      assertThat(page(browser, "/?continue")).startsWith("200 ");
      assertThat(page(browser, "/?asOfPosition=0")).startsWith("200 ");
      assertThat(page(browser, "/?position=0")).startsWith("200 ");
      assertThat(page(browser, "/?asof=2026-03-29T02:30:00Z"))
          .startsWith("400 ")
          .contains("Paramètre inconnu", "« asof »", "asOf, asOfPosition, businessDate, position");
      assertThat(page(browser, "/a-traiter?asOf=2026-03-29T02:30:00Z"))
          .startsWith("400 ")
          .contains("« asOf »", "Elle connaît : apres.");
      assertThat(page(browser, "/projections?asOfPosition=1"))
          .startsWith("400 ")
          .contains("« asOfPosition »", "retirez-le");
      assertThat(page(browser, "/cheques/00001-005W?businessDate=2026-03-29"))
          .startsWith("400 ")
          .contains("« businessDate »");
      assertThat(page(browser, "/?asOf=hier"))
          .startsWith("400 ")
          .contains("Valeur illisible", "2026-03-29T02:30:00Z");
      assertThat(page(browser, "/?asOfPosition=-1")).startsWith("400 ").contains("à partir de 0");
      assertThat(page(browser, "/?asOfPosition=1&position=1"))
          .startsWith("400 ")
          .contains("Deux noms pour un moment");
      assertThat(page(browser, "/?asOfPosition=999999999"))
          .startsWith("422 ")
          .contains("n’est pas encore enregistrée", "Demandez ", " ou avant.");
      assertThat(page(browser, "/?asOf=2199-01-01T00:00:00Z"))
          .startsWith("422 ")
          .contains("peuvent encore être enregistrés", " ou avant.");
      assertThat(page(browser, "/?businessDate=2199-01-01"))
          .startsWith("422 ")
          .contains("n’était pas fini");
      assertThat(page(browser, "/?asOf=1999-01-01T00:00:00Z"))
          .startsWith("422 ")
          .contains("Le registre commence plus tard");
    }
  }

  @Test
  void whoGuessesIsShownHowLongToWait() throws Exception {
    try (HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
      HttpResponse<String> answer = logIn(browser, "guessed", "wrong");
      for (int i = 0; i < 3; i++) {
        answer = logIn(browser, "guessed", "wrong");
      }

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.body()).contains("Trop d’essais", "name=\"_csrf\"");
    }
  }

  @Test
  void metricsAreForClerksAndAuditors() throws Exception {
    for (Role role : Role.values()) {
      HttpResponse<String> metrics = asProgram(role, "/actuator/prometheus");
      if (role == Role.CLERK || role == Role.AUDITOR) {
        assertThat(metrics.statusCode()).as("%s", role).isEqualTo(200);
        assertThat(metrics.body()).contains("pass_access_denied_total");
      } else {
        assertThat(metrics.statusCode()).as("%s", role).isEqualTo(403);
      }
    }
  }

  private HttpResponse<String> asProgram(Role role, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(base().resolve(path))
              .header("Authorization", "Bearer " + caller(role).key())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private HttpResponse<String> logIn(HttpClient browser, String login, String password)
      throws Exception {
    Matcher token =
        Pattern.compile("name=\"_csrf\" value=\"([^\"]+)").matcher(page(browser, "/login"));
    assertThat(token.find()).isTrue();
    return browser.send(
        HttpRequest.newBuilder(base().resolve("/login"))
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "login=%s&password=%s&_csrf=%s"
                        .formatted(
                            login,
                            password.replace(' ', '+'),
                            URLEncoder.encode(token.group(1), StandardCharsets.UTF_8))))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String page(HttpClient browser, String path) throws Exception {
    HttpResponse<String> answer =
        browser.send(
            HttpRequest.newBuilder(URI.create(base() + path)).header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private DenialMatrix.Caller caller(Role role) {
    return callers.stream().filter(caller -> caller.role() == role).findFirst().orElseThrow();
  }

  private JsonNode api() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(base().resolve("/v3/api-docs")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body());
    }
  }

  private URI base() {
    return URI.create("http://localhost:" + port);
  }
}
