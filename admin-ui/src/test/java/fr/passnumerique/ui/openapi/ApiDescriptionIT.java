package fr.passnumerique.ui.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description says what the endpoints do, and a lack in it is found. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiDescriptionIT {
  @Value("${local.server.port}")
  int port;

  private JsonNode api;
  private String text;

  @BeforeAll
  void read() throws Exception {
    text = fetch();
    api = JsonMapper.shared().readTree(text);
  }

  private String fetch() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v3/api-docs"))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** The generator brings YAML along, which would be read by a mapper that guesses. */
  @ParameterizedTest
  @ValueSource(strings = {"application/yaml", "application/xml", "application/cbor"})
  void noBodyIsReadButJson(String type) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/orders"))
                  .header("Content-Type", type)
                  .POST(HttpRequest.BodyPublishers.ofString("lines: []"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
      assertThat(answer.body()).doesNotContain("yaml, ");
    }
  }

  @Test
  void everythingIsDescribed() {
    assertThat(DescribedApi.faults(api)).as(api.toPrettyString()).isEmpty();
  }

  @Test
  void itIsTheApiAndNotThePages() {
    assertThat(api.get("paths").propertyNames())
        .containsExactlyInAnyOrder("/api/slips/{venueId}", "/api/orders", "/api/open");
  }

  @Test
  void rolesAndOwnersAreShown() {
    JsonNode submit = api.at("/paths/~1api~1slips~1{venueId}/post");
    assertThat(submit.get("x-roles").toString()).isEqualTo("[\"CLERK\",\"VENUE\"]");
    assertThat(submit.get("x-owner").toString()).isEqualTo("[\"venueId\"]");
    JsonNode open = api.at("/paths/~1api~1open/get");
    assertThat(open.get("x-everyone").asBoolean()).isTrue();
    assertThat(open.get("security").size()).isZero();
    assertThat(open.get("responses").has("401")).isFalse();
  }

  @Test
  void whoAsksIsNoParameter() {
    assertThat(api.at("/paths/~1api~1slips~1{venueId}/post/parameters").findValuesAsString("name"))
        .containsExactlyInAnyOrder("venueId", "dryRun");
    assertThat(api.at("/paths/~1api~1open/get/parameters").findValuesAsString("name"))
        .as("the optional one")
        .isEmpty();
  }

  @Test
  void identifiersAreTextsAmountsAreLongAndDaysAreDays() {
    JsonNode slip = schema("openapi.ApiDescriptionIT.Slip");
    assertThat(slip.at("/properties/venue/type").asString()).isEqualTo("string");
    assertThat(slip.at("/properties/cents/type").asString()).isEqualTo("integer");
    assertThat(slip.at("/properties/cents/format").asString()).isEqualTo("int64");
    assertThat(slip.at("/properties/day/format").asString()).isEqualTo("date");
    assertThat(slip.at("/properties/at/format").asString()).isEqualTo("date-time");
    assertThat(slip.at("/properties/departement/type").asString()).isEqualTo("string");
  }

  @Test
  void allThatIsNotOptionalIsRequired() {
    assertThat(
            schema("openapi.ApiDescriptionIT.Slip")
                .get("required")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactlyInAnyOrder("venue", "day", "at", "cents", "lines");
  }

  @Test
  void whatIsLeftOutWhereItIsEmptyIsNotRequired() {
    assertThat(schema("openapi.ApiDescriptionIT.Order").get("properties").propertyNames())
        .contains("lines", "number");
    assertThat(
            schema("openapi.ApiDescriptionIT.Order")
                .get("required")
                .valueStream()
                .map(JsonNode::asString))
        .containsExactly("number");
  }

  @Test
  void twoRecordsOfOneNameDoNotTakeEachOthersPlace() {
    assertThat(schema("openapi.ApiDescriptionIT.Slip.Line").get("properties").has("cheque"))
        .isTrue();
    assertThat(schema("openapi.ApiDescriptionIT.Order.Line").get("properties").has("cheques"))
        .isTrue();
  }

  @Test
  void aProblemIsDescribedAsItIsWritten() {
    assertThat(schema("ProblemBody").get("properties").propertyNames())
        .containsExactlyInAnyOrder(
            "type", "title", "status", "detail", "code", "errors", "incident");
    assertThat(schema("ProblemBody").get("required").valueStream().map(JsonNode::asString))
        .doesNotContain("incident")
        .contains("code", "errors");
    assertThat(schema("Problem.Fault").get("properties").propertyNames())
        .containsExactlyInAnyOrder("line", "field", "value", "message", "remedy");
  }

  @Test
  void theSameEndpointsGiveTheSameText() throws Exception {
    assertThat(fetch()).isEqualTo(text);
  }

  @Test
  void whatIsMissingIsFound() {
    faulty("/paths/~1api~1orders/post", "operationId", null, "post /api/orders has no operationId");
    faulty("/paths/~1api~1orders/post", "summary", null, "post /api/orders has no summary");
    faulty(
        "/paths/~1api~1orders/post",
        "operationId",
        "submitSlip",
        "post /api/slips/{venueId} has the operationId of post /api/orders: submitSlip");
    faulty(
        "/paths/~1api~1orders/post",
        "operationId",
        "submitSlip_1",
        "post /api/orders has the operationId submitSlip_1, which is not one name");
    faulty(
        "/paths/~1api~1orders/post",
        "x-roles",
        null,
        "post /api/orders does not say who may call it");
    faulty(
        "/paths/~1api~1orders/post/responses",
        "422",
        null,
        "post /api/orders does not describe its refusals [422]");
    faulty(
        "/components/schemas",
        "openapi.ApiDescriptionIT.Slip",
        null,
        "nothing is described at #/components/schemas/openapi.ApiDescriptionIT.Slip");
  }

  private void faulty(String at, String field, @Nullable String value, String fault) {
    JsonNode changed = api.deepCopy();
    ObjectNode object = (ObjectNode) changed.at(at);
    if (value == null) {
      object.remove(field);
    } else {
      object.put(field, value);
    }
    assertThat(DescribedApi.faults(changed)).contains(fault);
  }

  private JsonNode schema(String name) {
    JsonNode schema = api.at("/components/schemas/" + name);
    assertThat(schema.isMissingNode())
        .as("%s among %s", name, api.at("/components/schemas").propertyNames())
        .isFalse();
    return schema;
  }

  // -- a small application ---------------------------------------------------------------------

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  @Import({Http.class, ApiDescription.class})
  static class Application {
    @Bean
    Endpoints endpoints() {
      return new Endpoints();
    }

    @Bean
    Pages pages() {
      return new Pages();
    }

    @Bean
    SecurityFilterChain open(HttpSecurity security) throws Exception {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }
  }

  record Slip(
      VenueId venue,
      LocalDate day,
      Instant at,
      long cents,
      List<Line> lines,
      Optional<Departement> departement,
      @Nullable String note) {
    record Line(String cheque) {}
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Order(List<Line> lines, int number) {
    record Line(int cheques) {}
  }

  @RestController
  static class Endpoints {
    @PostMapping("/api/slips/{venueId}")
    @Permit(
        value = {Role.VENUE, Role.CLERK},
        owner = "venueId")
    @Operation(operationId = "submitSlip", summary = "Submit")
    Slip submit(
        @PathVariable VenueId venueId,
        @RequestBody Slip slip,
        @RequestParam(defaultValue = "false") boolean dryRun,
        Actor actor) {
      return slip;
    }

    @PostMapping("/api/orders")
    @Permit(Role.CLERK)
    @Operation(operationId = "order", summary = "Order")
    Order order(@RequestBody Order order) {
      return order;
    }

    @GetMapping("/api/open")
    @Permit(everyone = true)
    @Operation(operationId = "readOpen", summary = "For all")
    String open(Optional<Actor> actor) {
      return "open";
    }
  }

  @Controller
  static class Pages {
    @GetMapping("/page")
    @Permit(everyone = true)
    String page() {
      return "page";
    }
  }
}
