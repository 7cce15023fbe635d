package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The header {@code Idempotency-Key}, over real HTTP. In the application of {@link AccessIT}. */
@SpringBootTest(
    classes = AccessIT.Application.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.probes.enabled=true",
      "server.forward-headers-strategy=native"
    })
class IdempotencyIT {
  private static final String SLIP = "{\"venueId\":\"OWN-1\"}";
  private static final String OTHER_SLIP = "{\"venueId\":\"OWN-2\"}";
  private static final int AT_ONCE = 8;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Autowired Accounts accounts;
  @Autowired TestDatabase database;

  @Autowired
  @Qualifier("ledger")
  DataSource ledger;

  @Value("${local.server.port}")
  int port;

  private JdbcClient jdbc;
  private Account clerk;
  private String clerksKey;

  @BeforeEach
  void newClerk() {
    jdbc = JdbcClient.create(ledger);
    clerk =
        accounts.create(
            "clerk-it-" + UUID.randomUUID(), null, Role.CLERK, "", Actor.ENGINE.account());
    clerksKey = accounts.createKey(clerk.id(), "test", "engine").key();
  }

  /** The other tests of this application count clerks. */
  @AfterEach
  void nobodyIsLeft() {
    // Nodes may not, and never have to.
    JdbcClient all = JdbcClient.create(database.superuser());
    all.sql("delete from access.idempotency_key").update();
    for (String table :
        List.of(
            "administration where account in (select id from access.account",
            "api_key where account in (select id from access.account",
            "account where id in (select id from access.account")) {
      all.sql("delete from access." + table + " where login like '%-it-%')").update();
    }
  }

  @Test
  void theSameRequestIsAnsweredTheSameAndAnotherIsRefused() throws Exception {
    assertThat(send(slip(SLIP, "K1")).body()).isEqualTo(SLIP);
    assertThat(send(slip(SLIP, "K1")).body()).isEqualTo(SLIP);
    assertThat(send(slip(SLIP, "\"K1\"")).body()).as("in quotation marks").isEqualTo(SLIP);

    assertReused(send(slip(OTHER_SLIP, "K1")), "POST /api/slips");
    assertReused(send(slip(SLIP + " ", "K1")), "POST /api/slips");
    assertReused(send(json("/api/slips?dryRun=false", SLIP, "K1")), "POST /api/slips");
    assertReused(
        send(json("/api/accounts/" + clerk.id() + "/keys", "{\"label\":\"a\"}", "K1")),
        "POST /api/slips");
    assertThat(accounts.keys(clerk.id())).hasSize(1);
    assertThat(send(slip(OTHER_SLIP, "K2")).body()).isEqualTo(OTHER_SLIP);
  }

  @Test
  void aKeyIsOfOneAccountAndOfTheMethod() throws Exception {
    assertThat(send(slip(SLIP, "K1")).statusCode()).isEqualTo(200);
    newClerk();

    assertThat(send(slip(OTHER_SLIP, "K1")).statusCode()).isEqualTo(200);
    String id = accounts.keys(clerk.id()).getFirst().id();
    assertReused(
        send(request("/api/accounts/" + clerk.id() + "/keys/" + id, "K1").DELETE()),
        "POST /api/slips");
    assertThat(accounts.keys(clerk.id()).getFirst().revokedAt()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"\"", "a b", "a,b", "a\"b", "\"a", "a\\b", "a\tb"})
  void whatIsNoKeyIsRefusedAndHoldsNothing(String key) throws Exception {
    assertMalformed(send(slip(SLIP, key)));
    assertThat(held()).isZero();
  }

  @Test
  void aKeyOf255CharactersIsTakenAndOneOf256IsNot() throws Exception {
    assertThat(send(slip(SLIP, "k".repeat(255))).statusCode()).isEqualTo(200);
    assertMalformed(send(slip(SLIP, "k".repeat(256))));
    assertMalformed(send(slip(SLIP, "K1").header("Idempotency-Key", "K1")));
  }

  @Test
  void whoIsNotAdmittedAndWhatRecordsNothingHoldNoKey() throws Exception {
    Account venue =
        accounts.create("venue-it-" + UUID.randomUUID(), null, Role.VENUE, "OWN-1", "engine");
    String venuesKey = accounts.createKey(venue.id(), "test", "engine").key();
    assertThat(
            send(HttpRequest.newBuilder(uri("/api/accounts"))
                    .header("Authorization", "Bearer " + venuesKey)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", "K1")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(403);
    assertThat(send(json("/api/slips?dryRun=true", OTHER_SLIP, "K1")).statusCode()).isEqualTo(200);
    assertThat(send(json("/api/slips?dryRun=1", OTHER_SLIP, "K1")).statusCode()).isEqualTo(200);
    assertThat(send(request("/api/me", "not a key, and not looked at").GET()).statusCode())
        .isEqualTo(200);
    assertThat(send(slip(SLIP, null)).statusCode()).isEqualTo(200);
    assertThat(held()).isZero();

    assertThat(send(slip(SLIP, "K1")).statusCode()).isEqualTo(200);
    assertThat(send(json("/api/slips?dryRun=true", OTHER_SLIP, "K1")).statusCode()).isEqualTo(200);
    assertThat(held()).isOne();
  }

  @Test
  void anUploadIsItsPartsWhateverDividesThem() throws Exception {
    assertThat(send(upload("K1", "one", "a.csv", "x")).statusCode()).isEqualTo(200);
    assertThat(send(upload("K1", "two", "a.csv", "x")).statusCode()).isEqualTo(200);
    assertReused(send(upload("K1", "two", "a.csv", "y")), "POST /api/uploads");
    assertReused(send(upload("K1", "two", "b.csv", "x")), "POST /api/uploads");
  }

  @Test
  void whatTheEngineNamesIsMadeOnce() throws Exception {
    String login = "made-it-" + UUID.randomUUID();
    String account = "{\"login\":\"%s\",\"role\":\"AUDITOR\"}".formatted(login);
    HttpResponse<String> made = send(json("/api/accounts", account, "K1"));
    assertThat(made.statusCode()).isEqualTo(201);
    HttpResponse<String> again = send(json("/api/accounts", account, "K1"));
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(made.body());
    assertProblem(send(json("/api/accounts", account, null)), 409, "LOGIN_TAKEN");

    String path = "/api/accounts/" + clerk.id() + "/keys";
    List<Integer> answers = atOnce(() -> send(json(path, "{\"label\":\"a\"}", "K2")).statusCode());
    assertThat(answers).containsOnlyOnce(201).containsOnly(201, 409);
    JsonNode refused =
        assertProblem(send(json(path, "{\"label\":\"a\"}", "K2")), 409, "KEY_SHOWN_ONCE");
    assertThat(accounts.keys(clerk.id())).hasSize(2);
    assertThat(refused.path("detail").asString())
        .contains(accounts.keys(clerk.id()).getLast().id());
    assertThat(send(json(path, "{\"label\":\"a\"}", "K3")).statusCode()).isEqualTo(201);
  }

  @Test
  void ofDifferentRequestsAtOnceOneHoldsTheKey() throws Exception {
    for (int round = 0; round < 10; round++) {
      String key = "K" + round;
      List<Callable<Integer>> different = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String body = "{\"venueId\":\"OWN-%d\"}".formatted(i);
        different.add(() -> send(slip(body, key)).statusCode());
      }
      assertThat(atOnce(different)).containsOnlyOnce(200).containsOnly(200, 422);
      assertThat(atOnce(() -> send(slip(SLIP, key + "same")).statusCode())).containsOnly(200);
    }
  }

  @Test
  void aKeyIsHeldForThirtyDays() throws Exception {
    send(slip(SLIP, "K1"));
    age("29 days 23 hours 59 minutes");
    assertReused(send(slip(OTHER_SLIP, "K1")), "POST /api/slips");
    age("30 days 1 second");
    assertThat(send(slip(OTHER_SLIP, "K1")).statusCode()).isEqualTo(200);
    assertReused(send(slip(SLIP, "K1")), "POST /api/slips");

    age("31 days 1 second");
    assertThat(send(slip(SLIP, "K2")).statusCode()).isEqualTo(200);
    assertThat(held()).as("the outdated one is gone").isOne();
  }

  @Test
  void nothingOfKeyAndBodyIsKept() throws Exception {
    send(slip("{\"venueId\":\"SECRET-9\"}", "secret-key"));

    String row =
        jdbc.sql("select row_to_json(k) from access.idempotency_key k where account = :account")
            .param("account", clerk.id())
            .query(String.class)
            .single();
    assertThat(row).doesNotContain("SECRET-9", "secret-key").contains("POST /api/slips");
  }

  // -- requests ----------------------------------------------------------------------------------

  private List<Integer> atOnce(Callable<Integer> call) throws Exception {
    return atOnce(Collections.nCopies(AT_ONCE, call));
  }

  private static List<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      for (Future<Integer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }

  private long held() {
    return jdbc.sql("select count(*) from access.idempotency_key where account = :account")
        .param("account", clerk.id())
        .query(Long.class)
        .single();
  }

  private void age(String interval) {
    jdbc.sql(
            "update access.idempotency_key set first_at = now() - cast(:age as interval)"
                + " where account = :account")
        .param("age", interval)
        .param("account", clerk.id())
        .update();
  }

  private HttpRequest.Builder slip(String body, @Nullable String key) {
    return json("/api/slips", body, key);
  }

  private HttpRequest.Builder json(String path, String body, @Nullable String key) {
    return request(path, key)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder upload(String key, String boundary, String file, String content) {
    String body =
        """
        --%1$s\r
        Content-Disposition: form-data; name="venueId"\r
        \r
        OWN-1\r
        --%1$s\r
        Content-Disposition: form-data; name="file"; filename="%2$s"\r
        \r
        %3$s\r
        --%1$s--\r
        """
            .formatted(boundary, file, content);
    return request("/api/uploads", key)
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder request(String path, @Nullable String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + clerksKey);
    return key == null ? request : request.header("Idempotency-Key", key);
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private void assertReused(HttpResponse<String> answer, String first) {
    JsonNode problem = assertProblem(answer, 422, "IDEMPOTENCY_KEY_REUSED");
    assertThat(problem.path("detail").asString()).contains(first);
  }

  private void assertMalformed(HttpResponse<String> answer) {
    assertProblem(answer, 400, "IDEMPOTENCY_KEY_MALFORMED");
  }

  private JsonNode assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.get("code").asString()).isEqualTo(code);
    assertThat(problem.get("errors").get(0).get("remedy").asString()).isNotBlank();
    return problem;
  }
}
