package fr.passnumerique.ui.denial;

import fr.passnumerique.ui.openapi.DescribedExamples;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Every day and every moment that an endpoint takes, in a parameter or in a body, moved to where no
 * ledger is. Generated from the API's description and its examples, so that an endpoint to come is
 * tried as well.
 */
final class OtherAges {
  private static final List<String> DAYS =
      List.of("-999999999-01-01", "+999999999-12-31", "0000-01-01", "9999-12-31");
  private static final List<String> MOMENTS =
      List.of(
          "-1000000000-01-01T00:00:00Z",
          "+1000000000-12-31T23:59:59.999999999Z",
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z");
  private static final Pattern WRITTEN =
      Pattern.compile("\"(\\d{4}-\\d{2}-\\d{2})(T\\d{2}:\\d{2}[^\"]*Z)?\"");

  private final URI base;
  private final List<String> keys;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> faults = new ArrayList<>();
  private int tried;

  /**
   * @param keys of callers, of whom each endpoint admits one
   */
  OtherAges(URI base, List<String> keys) {
    this.base = base;
    this.keys = keys;
  }

  /** How many values were sent to an endpoint that read them. */
  int tried() {
    return tried;
  }

  /** Which were not refused as the sender's mistake; a parameter's also where it was not named. */
  List<String> faults(JsonNode api) throws IOException, InterruptedException {
    Map<String, JsonNode> bodies = DescribedExamples.requests(api);
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      String there = path.getKey().replaceAll("\\{[^}]+}", DenialMatrix.OWN);
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        JsonNode parameters = operation.getValue().path("parameters");
        String required = required(parameters);
        for (JsonNode parameter : parameters) {
          parameter(method, there, required, parameter);
        }
        JsonNode body = bodies.get(operation.getValue().path("operationId").asString());
        if (body != null) {
          body(method, there, body.toString());
        }
      }
    }
    return faults;
  }

  /** What the operation does not do without, so that it comes to read the days. */
  private static String required(JsonNode parameters) {
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : parameters) {
      if (parameter.path("required").asBoolean()
          && parameter.path("in").asString().equals("query")) {
        JsonNode schema = parameter.path("schema");
        String value =
            schema.path("enum").path(0).asString(parameter.path("example").asString("1"));
        query.append(parameter.path("name").asString()).append('=').append(value).append('&');
      }
    }
    return query.toString();
  }

  private void parameter(String method, String path, String required, JsonNode parameter)
      throws IOException, InterruptedException {
    String name = parameter.path("name").asString();
    List<String> values =
        switch (parameter.path("schema").path("format").asString("")) {
          case "date" -> DAYS;
          case "date-time" -> MOMENTS;
          default -> List.of();
        };
    for (String value : values) {
      String others = required.replaceFirst("(?<=^|&)" + Pattern.quote(name) + "=[^&]*&", "");
      String query = others + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
      for (String key : keys) {
        HttpResponse<String> answer = send(method, path + "?" + query, "", key);
        boolean named = answer.statusCode() == 400 && answer.body().contains("\"" + name + "\"");
        if (answer.statusCode() != 403 && !named) {
          faults.add("%s %s?%s: %s".formatted(method, path, query, told(answer)));
        }
      }
    }
  }

  private void body(String method, String path, String body)
      throws IOException, InterruptedException {
    Matcher written = WRITTEN.matcher(body);
    while (written.find()) {
      for (String value : written.group(2) == null ? DAYS : MOMENTS) {
        String sent =
            body.substring(0, written.start() + 1) + value + body.substring(written.end() - 1);
        for (String key : keys) {
          HttpResponse<String> answer = send(method, path, sent, key);
          if (answer.statusCode() < 400 || answer.statusCode() >= 500) {
            faults.add("%s %s %s: %s".formatted(method, path, sent, told(answer)));
          }
        }
      }
    }
  }

  private HttpResponse<String> send(String method, String path, String body, String key)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 403) {
      tried++;
    }
    return answer;
  }

  private static String told(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body();
  }
}
