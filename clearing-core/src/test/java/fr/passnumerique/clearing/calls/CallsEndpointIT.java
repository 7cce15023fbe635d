package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.EngineActs;
import fr.passnumerique.clearing.http.Http;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls for funds over real HTTP, on a ledger in memory. It is read on 2 May 2026. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CallsEndpointIT {
  private static final String CALLS = "/api/calls-for-funds";
  private static final String CALL =
      "{\"call\":\"C-1\",\"agreement\":\"creuse-2026\",\"funder\":\"anct\",\"amountCents\":1000,"
          + "\"dueOn\":\"2026-04-30\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void aCallIsTriedMadePaidInPartAndLate() throws Exception {
    JsonNode tried = answer(200, post(CALLS + "?dryRun=true", CALL));
    JsonNode made = answer(201, post(CALLS, CALL));
    JsonNode again = answer(200, post(CALLS, CALL));
    room.world.must(receipt("R-1", STATE, 400));

    assertThat(tried.get("dryRun").asBoolean()).isTrue();
    assertThat(made.get("reference").asString()).startsWith("RF");
    assertThat(made.get("reference")).isEqualTo(tried.get("reference"));
    assertThat(again.get("already").asBoolean()).isTrue();
    JsonNode read = answer(200, get(CALLS + "?agreement=creuse-2026&funder=anct"));
    assertThat(read.get("openCents").asLong()).isEqualTo(600);
    assertThat(read.get("lateCents").asLong()).isEqualTo(600);
    JsonNode call = read.get("calls").get(0);
    assertThat(call.get("state").asString()).isEqualTo("PART_PAID");
    assertThat(call.get("late").asBoolean()).isTrue();
    assertThat(call.get("payments").get(0).get("receipt").asString()).isEqualTo("R-1");
    assertThat(call.has("cancelledOn")).isFalse();
    assertThat(read.get("shares").get(0).get("callableCents").asLong()).isEqualTo(999_000);
  }

  @Test
  void whatIsLeftOfItIsCancelled() throws Exception {
    answer(201, post(CALLS, CALL));
    String path = CALLS + "/C-1/cancellation";
    answer(200, post(path + "?dryRun=true", "{\"reason\":\"NOT_NEEDED\"}"));
    JsonNode cancelled = answer(201, post(path, "{\"reason\":\"NOT_NEEDED\"}"));
    assertThat(cancelled.get("remainingCents").asLong()).isEqualTo(1_000);
    answer(200, post(path, "{\"reason\":\"NOT_NEEDED\"}"));
    assertThat(code(409, post(path, "{\"reason\":\"OTHER\"}"))).isEqualTo("CALL_ALREADY_CANCELLED");
    JsonNode row = answer(200, get(CALLS)).get("calls").get(0);
    assertThat(row.get("state").asString()).isEqualTo("CANCELLED");
    assertThat(row.get("cancelledOn").asString()).isEqualTo("2026-03-02");
    answer(400, post(path, "{\"reason\":\"Madame Durand\"}"));
    answer(400, post(path, "{}"));
    answer(404, post(CALLS + "/C-9/cancellation", "{\"reason\":\"OTHER\"}"));
  }

  @Test
  void aFunderReadsItsOwnAndLearnsNothingOfOthers() throws Exception {
    answer(201, post(CALLS, CALL));
    answer(201, post(CALLS, CALL.replace("C-1", "C-2").replace("anct", REGION.value())));

    JsonNode page = answer(200, get(CALLS + "?limit=1"));
    assertThat(page.get("calls")).hasSize(1);
    assertThat(page.get("next").asString()).isEqualTo("1");
    JsonNode last = answer(200, get(CALLS + "?limit=1&after=1"));
    assertThat(last.get("calls").get(0).get("call").asString()).isEqualTo("C-2");
    assertThat(last.has("next")).isFalse();
    assertThat(last.get("openCents")).as("of all pages").isEqualTo(page.get("openCents"));
    for (String bad : List.of("limit=0", "limit=5001", "after=-1", "after=x")) {
      answer(400, get(CALLS + "?" + bad));
    }

    JsonNode own = answer(200, as("FUNDER anct", CALLS));
    assertThat(own.get("calls").size()).isEqualTo(1);
    assertThat(own.get("calls").get(0).get("funder").asString()).isEqualTo("anct");
    assertThat(own.get("shares").size()).isEqualTo(1);
    assertThat(own.toString()).doesNotContain(REGION.value());
    HttpResponse<String> anothers = as("FUNDER other", CALLS + "?agreement=creuse-2026");
    HttpResponse<String> none = as("FUNDER other", CALLS + "?agreement=none");
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(anothers.body().replace("creuse-2026", "none")).isEqualTo(none.body());
  }

  @Test
  void aCallThatIsNoneIsRefusedAndNothingIsRecorded() throws Exception {
    assertThat(code(422, post(CALLS, CALL.replace("1000", "1000001"))))
        .isEqualTo("CALL_ABOVE_CEILING");
    assertThat(code(422, post(CALLS, CALL.replace("1000", "0")))).isEqualTo("AMOUNT_OUT_OF_RANGE");
    assertThat(code(422, post(CALLS, CALL.replace("2026-04-30", "2025-04-30"))))
        .isEqualTo("DUE_DATE_OUT_OF_RANGE");
    assertThat(code(404, post(CALLS, CALL.replace("creuse-2026", "none"))))
        .isEqualTo("UNKNOWN_AGREEMENT");
    assertThat(code(422, post(CALLS, CALL.replace("anct", "none"))))
        .isEqualTo("FUNDER_NOT_IN_AGREEMENT");
    answer(400, post(CALLS, CALL.replace("1000", "10.5")));
    answer(400, post(CALLS, CALL.replace("1000", "\"1000\"")));
    answer(400, post(CALLS, CALL.replace("2026-04-30", "fin avril")));
    answer(400, post(CALLS, CALL.replace("C-1", "C/1")));
    answer(400, post(CALLS, CALL.replace("\"dueOn\"", "\"due\"")));
    answer(400, post(CALLS, "[]"));
    answer(404, get(CALLS + "?agreement=none"));
    answer(404, get(CALLS + "?funder=none"));
    assertThat(answer(200, get(CALLS)).get("calls").size()).isZero();
  }

  private JsonNode answer(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  private String code(int status, HttpResponse<String> answer) {
    return answer(status, answer).get("code").asString();
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

  private HttpResponse<String> as(String party, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path)).header(EngineActs.AS_PARTY, party).GET().build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
    }

    CallsEndpoint endpoint() {
      return new CallsEndpoint(
          world.ledger,
          world.register(CallsRegister.class),
          Supplier::get,
          Clock.fixed(
              java.time.LocalDate.of(2026, 5, 2).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC),
              ZoneOffset.UTC));
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({Http.class, EngineActs.class})
  static class Application {
    @Bean
    Room room() {
      return new Room();
    }

    @Bean
    @Scope("prototype")
    CallsEndpoint callsEndpoint(Room room) {
      return room.endpoint();
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
