package fr.passnumerique.ui.denial;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each endpoint refuses before it reads anything: an address that cannot be read, another
 * method, an answer or a body of another type. Who is refused is told what to do.
 */
final class Remedies {
  private final URI base;
  private final List<String> keys;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> faults = new ArrayList<>();
  private final Map<Integer, Integer> answered = new TreeMap<>();

  /**
   * @param keys of callers, of whom each endpoint admits one
   */
  Remedies(URI base, List<String> keys) {
    this.base = base;
    this.keys = keys;
  }

  /**
   * @return what a refusal lacks of a code, and of a remedy for each of its faults; empty if
   *     nothing
   */
  static String lack(HttpResponse<String> refusal) {
    JsonNode problem = JsonMapper.shared().readTree(refusal.body());
    if (problem.path("code").asString("").isBlank()) {
      return "a code";
    }
    JsonNode errors = problem.path("errors");
    boolean told = !errors.isEmpty();
    for (JsonNode error : errors) {
      told &= !error.path("remedy").asString("").isBlank();
    }
    return told ? "" : "a remedy";
  }

  /** How often each status was answered. */
  Map<Integer, Integer> answered() {
    return answered;
  }

  /** Which were refused and do not say what to do. */
  List<String> faults(JsonNode api) throws IOException, InterruptedException {
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      String there = path.getKey().replaceAll("\\{[^}]+}", DenialMatrix.OWN);
      tried("GET", there + "%3B", "Accept", "*/*");
      tried("PATCH", there, "Accept", "*/*");
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        // What is amiss with the address or the body is often told first, and an empty list is one.
        tried(method, there, "Accept", "image/png");
        if (operation.getValue().has("requestBody")) {
          tried(method, there, "Content-Type", "image/png");
        }
      }
    }
    return faults;
  }

  private void tried(String method, String path, String header, String value)
      throws IOException, InterruptedException {
    for (String key : keys) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(base + path))
                  .header("Authorization", "Bearer " + key)
                  .header(header, value)
                  .method(
                      method,
                      method.equals("GET")
                          ? BodyPublishers.noBody()
                          : BodyPublishers.ofString("{}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      int status = answer.statusCode();
      answered.merge(status, 1, Integer::sum);
      String lack = status < 400 ? "" : lack(answer);
      if (!lack.isEmpty()) {
        faults.add(
            "%s %s with %s %s: %d lacks %s".formatted(method, path, header, value, status, lack));
      }
      if (status != 403) {
        return;
      }
    }
  }
}
