package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.ui.ClearingApplication;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that can be asked for by its name, on a node that holds the whole ledger and on one
 * that does not: what may lie in facts that it has not read is not denied. Generated from the API's
 * description, so that an endpoint to come is tried as well.
 */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class NothingIsDeniedBehindIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  /** Told by tables that are no fold of the ledger, and that every node reads alike. */
  private static final Set<String> NO_FACTS =
      Set.of(
          "readRebuild",
          "exportRebuildDifferences",
          "readReplacedFigures",
          "listSessions",
          "readSecondFactor");

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  /** What was answered: its status, and a problem's code. */
  private record Answer(int status, String code, boolean saysWhen) {}

  @Autowired Accounts accounts;
  @Autowired LedgerNode node;
  @Autowired MeterRegistry meters;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private List<DenialMatrix.Caller> callers;

  @BeforeAll
  void createCallers() throws InterruptedException {
    callers = Callers.in(accounts);
    assertThat(node.awaitWriting(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void whatMayLieInFactsThatTheNodeHasNotReadIsNotDenied() throws Exception {
    Map<String, Answer> whole = walk();
    Map<String, Answer> denied = new LinkedHashMap<>(whole);
    denied.values().removeIf(answer -> answer.status() != 404);
    System.out.printf(
        "of %d questions by name %d are denied on a whole node%n", whole.size(), denied.size());
    assertThat(denied).hasSizeGreaterThan(40);

    writeWhatThisNodeCannotRead();
    Map<String, Answer> behind = walk();

    assertThat(behind.keySet()).isEqualTo(whole.keySet());
    behind.forEach(
        (question, answer) -> {
          if (denied.containsKey(question)) {
            // Projections come again; registers that have stopped do not by themselves.
            assertThat(answer)
                .as(question)
                .isIn(
                    new Answer(503, "PROJECTION_BEHIND", true),
                    new Answer(503, "LEDGER_STOPPED", false));
          } else {
            assertThat(answer.status()).as(question).isNotEqualTo(404);
          }
        });
  }

  /** As a fact of a later release is: the node stops before it, and so do its projections. */
  private void writeWhatThisNodeCannotRead() throws Exception {
    try (Connection connection = DATABASE.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into ledger.event (position, event_id, recorded_at, type, version, tags, payload, metadata, hash)
          select max(position) + 1, gen_random_uuid(), max(recorded_at) + interval '1 second',
                 'FactOfALaterRelease', 1, '{}', '{}', '{}', decode(repeat('00', 32), 'hex')
          from ledger.event
          """);
    }
    long end = System.nanoTime() + 30_000_000_000L;
    while (node.state() != LedgerNode.State.STOPPED && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(node.state()).isEqualTo(LedgerNode.State.STOPPED);
  }

  /** Every question by name to everyone who may ask it, but those of {@link #NO_FACTS}. */
  private Map<String, Answer> walk() throws Exception {
    JsonNode api =
        JsonMapper.shared()
            .readTree(
                http.send(
                        HttpRequest.newBuilder(base().resolve("/v3/api-docs")).build(),
                        HttpResponse.BodyHandlers.ofString())
                    .body());
    Sample sample = new Sample(api);
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      JsonNode get = path.getValue().path("get");
      if (get.isMissingNode() || NO_FACTS.contains(get.path("operationId").asString())) {
        continue;
      }
      for (String question : questions(path.getKey(), get, sample)) {
        for (DenialMatrix.Caller caller : callers) {
          double foreign = foreignDenials();
          Answer answer = ask(question, caller);
          // Another's is another's, whatever the ledger says.
          if (answer.status() != 403 && foreignDenials() == foreign) {
            answers.put(caller.role() + " " + question, answer);
          }
        }
      }
    }
    return answers;
  }

  /** As it is asked for, and once more for each further name that narrows it. */
  private static List<String> questions(String path, JsonNode get, Sample sample) {
    String there = path;
    String query = "";
    List<String> further = new ArrayList<>(List.of(""));
    for (JsonNode given : get.path("parameters")) {
      JsonNode parameter = sample.resolved(given);
      String name = parameter.path("name").asString();
      JsonNode schema = sample.resolved(parameter.path("schema"));
      JsonNode shown = sample.of(parameter.path("schema"));
      String value =
          URLEncoder.encode(
              (shown.isArray() ? shown.get(0) : shown).asString(), StandardCharsets.UTF_8);
      if (parameter.path("in").asString().equals("path")) {
        there = there.replace("{" + name + "}", value);
      } else if (parameter.path("required").asBoolean()) {
        query += "&" + name + "=" + value;
      } else if (schema.path("type").toString().contains("\"string\"")
          && !schema.has("enum")
          && !schema.has("format")
          && !name.equals("after")
          // Names a rebuild, which no fact tells of.
          && !name.equals("shownBefore")) {
        further.add("&" + name + "=" + value);
      }
    }
    String asked = there + "?" + query;
    return further.stream().map(more -> (asked + more).replace("?&", "?")).toList();
  }

  private Answer ask(String question, DenialMatrix.Caller caller) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(base().resolve(question))
                .header("Authorization", "Bearer " + caller.key())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String code =
        answer.statusCode() < 400
            ? ""
            : JsonMapper.shared().readTree(answer.body()).path("code").asString();
    return new Answer(
        answer.statusCode(), code, answer.headers().firstValue("Retry-After").isPresent());
  }

  private double foreignDenials() {
    return meters.get("pass.access.denied").tag("reason", "foreign").counter().count();
  }

  private URI base() {
    return URI.create("http://localhost:" + port);
  }
}
