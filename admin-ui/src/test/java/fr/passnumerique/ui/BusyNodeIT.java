package fr.passnumerique.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

/** A node all of whose places are taken, over real HTTP, by senders that do not end. */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"pass.http.changes-at-once=2", "pass.http.pages-at-once=1"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class BusyNodeIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final Pattern METRIC = Pattern.compile("(pass|ledger)_[a-z_]+");

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private String key;

  @Autowired Accounts accounts;
  @Autowired LedgerNode node;

  @Value("${local.server.port}")
  int port;

  @BeforeAll
  void clerk() throws InterruptedException {
    String id = accounts.create("clerk", "correct horse battery", Role.CLERK, "", "engine").id();
    key = accounts.createKey(id, "test", "engine").key();
    assertThat(node.awaitWriting(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void whoComesBeyondTheLastPlaceIsToldWhenToComeAgainAndIsTakenThen() throws Exception {
    try (Held one = held("/api/programmes", programme("one"), "application/json");
        Held two = held("/api/programmes", programme("two"), "application/json")) {
      await("changes", 2);

      HttpResponse<String> refused = post(programme("three"));
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(JsonMapper.shared().readTree(refused.body()).get("code").asString())
          .isEqualTo("TOO_BUSY");
      assertThat(get("/api/balances").statusCode()).as("questions go on").isEqualTo(200);
      assertThat(get("/actuator/health").statusCode()).isEqualTo(200);

      assertThat(one.end()).startsWith("HTTP/1.1 201");
      assertThat(post(programme("three")).statusCode()).isEqualTo(201);
      assertThat(two.end()).as("who was let in is answered").startsWith("HTTP/1.1 201");
    }
    for (String recorded : List.of("one", "two", "three")) {
      assertThat(post(programme(recorded)).statusCode()).as(recorded).isEqualTo(200);
    }
    assertThat(metric("pass_http_refused_busy_total", "changes")).isEqualTo(1);
  }

  @Test
  void aPersonIsToldInFrench() throws Exception {
    try (Held login = held("/login", "login=x&password=y", "application/x-www-form-urlencoded")) {
      await("pages", 1);

      HttpResponse<String> page =
          http.send(
              HttpRequest.newBuilder(base().resolve("/")).header("Accept", "text/html").build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(page.statusCode()).isEqualTo(429);
      assertThat(page.headers().firstValue("Retry-After")).contains("1");
      assertThat(page.body()).contains("Trop de demandes en ce moment", "dans quelques secondes");
      assertThat(login.end()).startsWith("HTTP/1.1 ");
    }
  }

  @Test
  void everyOperationSaysThatItMayBeRefusedSo() throws Exception {
    JsonNode api = JsonMapper.shared().readTree(get("/v3/api-docs").body());

    JsonNode response = api.at("/components/responses/TooMany");
    assertThat(response.get("description").asString()).contains("TOO_BUSY", "Retry-After");
    assertThat(response.get("headers").has("Retry-After")).isTrue();
    int operations = 0;
    for (JsonNode path : api.get("paths")) {
      for (JsonNode operation : path) {
        assertThat(operation.at("/responses/429").isMissingNode())
            .as(operation.path("operationId").asString())
            .isFalse();
        operations++;
      }
    }
    assertThat(operations).isPositive();
  }

  @Test
  void everyMetricThatAnAlertLooksAtIsTold() throws Exception {
    String told = get("/actuator/prometheus").body();
    List<String> metrics = new ArrayList<>();
    for (String rules : List.of("http.yaml", "ledger.yaml")) {
      Files.readAllLines(Path.of("..", "docs", "alerts", rules)).stream()
          .filter(line -> line.contains("expr:"))
          .flatMap(line -> METRIC.matcher(line).results())
          .map(MatchResult::group)
          .forEach(metrics::add);
    }

    assertThat(metrics.stream().distinct().toList())
        .hasSize(4)
        .allSatisfy(name -> assertThat(told).containsPattern("\n" + name + "[{ ]"));
  }

  private static String programme(String name) {
    return """
    {"programme":"%s","name":"Pass","validityDays":90,"presentationWindowDays":60}\
    """
        .formatted(name);
  }

  /** A request whose last byte is kept back. */
  private final class Held implements Closeable {
    private final Socket socket;
    private final byte[] body;

    Held(Socket socket, byte[] body) {
      this.socket = socket;
      this.body = body;
    }

    /** Sends the last byte and reads the answer. */
    String end() throws IOException {
      socket.getOutputStream().write(body, body.length - 1, 1);
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private Held held(String path, String text, String type) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    Socket socket = new Socket("localhost", port);
    socket.setSoTimeout(30_000);
    String head =
        """
        POST %s HTTP/1.1
        Host: localhost
        %sContent-Type: %s
        Content-Length: %d
        Connection: close

        """
            .formatted(
                path,
                path.startsWith("/api/") ? "Authorization: Bearer " + key + "\n" : "",
                type,
                body.length);
    socket.getOutputStream().write(head.replace("\n", "\r\n").getBytes(UTF_8));
    socket.getOutputStream().write(body, 0, body.length - 1);
    socket.getOutputStream().flush();
    return new Held(socket, body);
  }

  private void await(String kind, int inProgress) throws Exception {
    long end = System.nanoTime() + 30_000_000_000L;
    while (metric("pass_http_in_progress", kind) != inProgress) {
      assertThat(System.nanoTime()).as("%s are not taken", kind).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private double metric(String name, String kind) throws Exception {
    Matcher line =
        Pattern.compile("(?m)^%s\\{.*kind=\"%s\".*} (\\S+)$".formatted(name, kind))
            .matcher(get("/actuator/prometheus").body());
    assertThat(line.find()).as("%s of %s", name, kind).isTrue();
    return Double.parseDouble(line.group(1));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(base().resolve(path))
            .header("Authorization", "Bearer " + key)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(base().resolve("/api/programmes"))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private URI base() {
    return URI.create("http://localhost:" + port);
  }
}
