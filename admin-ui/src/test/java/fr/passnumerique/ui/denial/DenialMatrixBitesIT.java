package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Access;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.openapi.ApiDescription;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The denial matrix is green on a small application that keeps its rules, and red for each rule
 * that does not describe it: a matrix that cannot fail proves nothing.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DenialMatrixBitesIT {
  @Autowired Accounts accounts;
  @Autowired MeterRegistry meters;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  @Value("${local.server.port}")
  int port;

  private List<DenialMatrix.Caller> callers;
  private JsonNode api;

  @BeforeAll
  void prepare() throws Exception {
    callers = Callers.in(accounts);
    try (HttpClient http = HttpClient.newHttpClient()) {
      api =
          JsonMapper.shared()
              .readTree(
                  http.send(
                          HttpRequest.newBuilder(base().resolve("/v3/api-docs")).build(),
                          HttpResponse.BodyHandlers.ofString())
                      .body());
    }
  }

  @Test
  void whatKeepsItsRulesPasses() throws Exception {
    DenialMatrix.Report report = matrix().run(api, mapping.getHandlerMethods());

    assertThat(report.failures()).as(report.toString()).isEmpty();
    assertThat(report.endpoints()).isEqualTo(34);
    assertThat(report.pages()).isEqualTo(5);
    assertThat(report.counts())
        .containsEntry("404 foreign", 7)
        .containsKeys("401", "403", "answered");
  }

  @Test
  void anEndpointThatDoesNotSayWhoMayCallItFails() throws Exception {
    JsonNode changed = only("/api/clerks");
    ((ObjectNode) changed.at("/paths/~1api~1clerks/get")).remove(ApiDescription.ROLES);

    assertThat(matrix().run(changed, Map.of()).failures())
        .containsExactly("GET /api/clerks does not say who may call it");
  }

  @Test
  void anEndpointThatIsNotDescribedFails() throws Exception {
    JsonNode nothing = only("");

    assertThat(matrix().run(nothing, handlers("clerks")).failures())
        .containsExactly("GET /api/clerks is not in the description of the API");
  }

  @Test
  void anEndpointThatLetsMoreInThanItSaysFails() throws Exception {
    JsonNode changed = only("/api/clerks");
    ((ObjectNode) changed.at("/paths/~1api~1clerks/get"))
        .putArray(ApiDescription.ROLES)
        .add("AUDITOR");

    assertThat(matrix().run(changed, Map.of()).failures())
        .hasSize(2)
        .anySatisfy(
            failure ->
                assertThat(failure).startsWith("GET /api/clerks by CLERK: answered, should be 403"))
        .anySatisfy(
            failure ->
                assertThat(failure)
                    .startsWith("GET /api/clerks by AUDITOR: 403, should be answered"));
  }

  @Test
  void anEndpointThatShowsAnothersFails() throws Exception {
    JsonNode changed = only("/api/leaks/{serial}");
    ((ObjectNode) changed.at("/paths/~1api~1leaks~1{serial}/get"))
        .putArray(ApiDescription.OWNER)
        .add("venueId");

    assertThat(matrix().run(changed, Map.of()).failures())
        .singleElement()
        .asString()
        .startsWith(
            "GET /api/leaks/{serial} by VENUE for FOREIGN-1: answered, should be 404 foreign");
  }

  @Test
  void aPageThatReleasesMoneyForAPasswordAloneFails() throws Exception {
    Map<RequestMappingInfo, HandlerMethod> handlers =
        Map.of(
            RequestMappingInfo.paths("/").methods(RequestMethod.GET).build(),
            new HandlerMethod(new Releases(), Releases.class.getDeclaredMethod("page")));

    assertThat(matrix().run(only(""), handlers).failures())
        .hasSize(2)
        .anySatisfy(
            failure -> assertThat(failure).startsWith("GET / by CLERK: answered, should be 403"));
  }

  @Test
  void aPageThatDoesNotSayWhoMaySeeItFails() throws Exception {
    Map<RequestMappingInfo, HandlerMethod> handlers =
        Map.of(
            RequestMappingInfo.paths("/forgotten").build(),
            new HandlerMethod(new Forgotten(), Forgotten.class.getDeclaredMethod("page")));

    assertThat(matrix().run(only(""), handlers).failures())
        .containsExactly("GET /forgotten does not say who may see it");
  }

  /** The description with this path alone. */
  private JsonNode only(String path) {
    JsonNode description = api.deepCopy();
    ((ObjectNode) description.get("paths")).retain(path);
    return description;
  }

  private Map<RequestMappingInfo, HandlerMethod> handlers(String method) {
    return mapping.getHandlerMethods().entrySet().stream()
        .filter(
            entry ->
                entry.getValue().getBeanType() == Endpoints.class
                    && entry.getValue().getMethod().getName().equals(method))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private DenialMatrix matrix() {
    return new DenialMatrix(
        base(),
        callers,
        () -> meters.get("pass.access.denied").tag("reason", "foreign").counter().count());
  }

  private URI base() {
    return URI.create("http://localhost:" + port);
  }

  // -- a small application ---------------------------------------------------------------------

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  @Import({Http.class, Access.class, ApiDescription.class, MemoryVault.class})
  static class Application {
    @Bean(destroyMethod = "close")
    TestDatabase testDatabase() {
      return TestDatabase.fresh();
    }

    @Bean(destroyMethod = "")
    @Qualifier("ledger")
    DataSource ledger(TestDatabase database) {
      return database.ledger();
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    Endpoints endpoints() {
      return new Endpoints();
    }

    @Bean
    Pages pages() {
      return new Pages();
    }
  }

  static class Releases {
    @Permit(
        value = {Role.CLERK, Role.FUNDER},
        secondFactor = true)
    String page() {
      return "";
    }
  }

  static class Forgotten {
    String page() {
      return "";
    }
  }

  record Line(String cheque, long cents) {}

  record Slip(VenueId venueId, List<Line> lines) {}

  @RestController
  static class Endpoints {
    @GetMapping("/api/clerks")
    @Permit(Role.CLERK)
    @Operation(operationId = "readClerks", summary = "For clerks")
    String clerks() {
      return "for clerks";
    }

    @GetMapping("/api/slips/{venueId}/{reference}")
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    @Operation(operationId = "readSlip", summary = "In the path")
    String slip(@PathVariable VenueId venueId, @PathVariable String reference) {
      return reference;
    }

    @GetMapping("/api/balances")
    @Permit(
        value = {Role.AUDITOR, Role.VENUE, Role.FUNDER},
        owner = {"venue", "funder"})
    @Operation(operationId = "readBalances", summary = "In the query")
    String balances(
        Actor actor,
        @RequestParam(required = false) @Nullable String venue,
        @RequestParam(required = false) @Nullable String funder) {
      return actor.subject();
    }

    @PostMapping("/api/slips")
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    @Operation(operationId = "submitSlip", summary = "In the body")
    Slip submit(@RequestBody Slip slip) {
      return slip;
    }

    @PostMapping(path = "/api/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Permit(
        value = {Role.CLERK, Role.PRESCRIBER},
        owner = "prescriberId")
    @Operation(operationId = "upload", summary = "Beside a file")
    long upload(@RequestParam String prescriberId, @RequestParam("file") MultipartFile file) {
      return file.getSize();
    }

    @GetMapping("/api/leaks/{serial}")
    @Permit({Role.CLERK, Role.VENUE})
    @Operation(operationId = "readSerial", summary = "Shows all to all that it permits")
    String leaks(@PathVariable String serial) {
      return serial;
    }

    @GetMapping("/api/open")
    @Permit(everyone = true)
    @Operation(operationId = "readOpen", summary = "For all")
    String open() {
      return "open";
    }
  }

  @Controller
  static class Pages {
    @GetMapping(path = "/login", produces = "text/html")
    @ResponseBody
    @Permit(everyone = true)
    String login(CsrfToken token) {
      return "_csrf=" + token.getToken();
    }

    @GetMapping(path = "/", produces = "text/html")
    @ResponseBody
    @Permit({Role.CLERK, Role.FUNDER})
    String dashboard() {
      return "dashboard";
    }

    @GetMapping(path = "/pages/venues/{venueId}", produces = "text/html")
    @ResponseBody
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    String venue(@PathVariable String venueId) {
      return venueId;
    }

    @PostMapping(path = "/pages/releases", produces = "text/html")
    @ResponseBody
    @Permit(value = Role.CLERK, secondFactor = true)
    String release() {
      return "released";
    }

    @PostMapping(path = "/pages/slips", produces = "text/html")
    @ResponseBody
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    String submit(@RequestParam String venueId, @RequestParam String line) {
      return venueId;
    }
  }
}
