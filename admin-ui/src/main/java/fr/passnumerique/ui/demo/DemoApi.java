package fr.passnumerique.ui.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP interface as a program of one party calls it. */
final class DemoApi {
  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();
  private final URI base;

  DemoApi(int port) {
    base = URI.create("http://127.0.0.1:" + port);
  }

  /** An answer, whatever its status. */
  record Answer(int status, JsonNode body) {
    boolean accepted() {
      return status < 300;
    }

    String code() {
      return body.path("code").asString("");
    }
  }

  /**
   * @throws IllegalStateException if it is refused: the demo's own requests are not meant to be
   */
  JsonNode post(String key, String path, Map<String, ?> body) {
    Answer answer = tryPost(key, path, body);
    if (!answer.accepted()) {
      throw new IllegalStateException(
          "POST %s was answered %d: %s".formatted(path, answer.status(), answer.body()));
    }
    return answer.body();
  }

  Answer tryPost(String key, String path, Map<String, ?> body) {
    return send(key, path, "application/json", json.writeValueAsString(body));
  }

  /**
   * @throws IllegalStateException if it is refused
   */
  JsonNode postFile(String key, String path, String contentType, String content) {
    Answer answer = send(key, path, contentType, content);
    if (!answer.accepted()) {
      throw new IllegalStateException(
          "POST %s was answered %d: %s".formatted(path, answer.status(), answer.body()));
    }
    return answer.body();
  }

  private Answer send(String key, String path, String contentType, String body) {
    HttpRequest request =
        request(key, path)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    var response = sent(request);
    return new Answer(response.statusCode(), json.readTree(response.body()));
  }

  String get(String key, String path) {
    var response = sent(request(key, path).GET().build());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(
          "GET %s was answered %d: %s".formatted(path, response.statusCode(), response.body()));
    }
    return response.body();
  }

  private HttpRequest.Builder request(String key, String path) {
    return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + key);
  }

  /** A node that is busy with visitors is asked again when it says. */
  private java.net.http.HttpResponse<String> sent(HttpRequest request) {
    try {
      while (true) {
        var response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        var later = response.headers().firstValueAsLong("Retry-After");
        if (response.statusCode() != 429 || later.isEmpty()) {
          return response;
        }
        Thread.sleep(Duration.ofSeconds(later.getAsLong()));
      }
    } catch (IOException e) {
      throw new IllegalStateException(request.uri() + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
