package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.ui.ClearingApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Position 0 is the ledger before its first fact: a fair question to whatever is told as of a
 * position, answered with nothing in it. Which there are is told by the API's description.
 */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class BeforeTheFirstFactIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final List<String> NAMES = List.of("asOfPosition", "position");

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @Autowired Accounts accounts;
  @Autowired LedgerNode node;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private String key = "";

  @Test
  void whateverIsToldAsOfAPositionIsToldAsOfNone() throws Exception {
    assertThat(node.awaitWriting(Duration.ofSeconds(30))).isTrue();
    key =
        Callers.in(accounts).stream()
            .filter(caller -> caller.role() == Role.CLERK)
            .findFirst()
            .orElseThrow()
            .key();
    JsonNode api = JsonMapper.shared().readTree(get("/v3/api-docs").body());
    List<String> asked = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      JsonNode operation = path.getValue().path("get");
      for (JsonNode parameter : operation.path("parameters")) {
        String name = parameter.path("name").asString();
        if (NAMES.contains(name) && parameter.path("in").asString().equals("query")) {
          String id = operation.path("operationId").asString();
          asked.add(id);
          HttpResponse<String> answer = get(address(path.getKey(), operation, name));
          // Of a thing that is named there is none before it was recorded.
          if (answer.statusCode() != 200 && !(answer.statusCode() == 404 && names(operation))) {
            faults.add("%s: %d %s".formatted(id, answer.statusCode(), answer.body()));
          }
        }
      }
    }

    assertThat(faults).isEmpty();
    assertThat(asked)
        .contains("readBalances", "readLabelRegister", "readLatePayments", "exportLatePayments")
        .hasSizeGreaterThan(15);
  }

  private static boolean names(JsonNode operation) {
    return operation.path("parameters").valueStream().anyMatch(BeforeTheFirstFactIT::required);
  }

  private static boolean required(JsonNode parameter) {
    return parameter.path("required").asBoolean(false);
  }

  private static String address(String path, JsonNode operation, String position) {
    StringBuilder address =
        new StringBuilder(path.replace("{serial}", "0001N-0001").replaceAll("\\{[^}]+}", "x-1"))
            .append('?')
            .append(position)
            .append("=0");
    for (JsonNode parameter : operation.path("parameters")) {
      if (required(parameter) && parameter.path("in").asString().equals("query")) {
        String name = parameter.path("name").asString();
        address.append('&').append(name).append(name.equals("groupBy") ? "=venue" : "=x-1");
      }
    }
    return address.toString();
  }

  private HttpResponse<String> get(String address) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port).resolve(address))
            .header("Authorization", "Bearer " + key)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
