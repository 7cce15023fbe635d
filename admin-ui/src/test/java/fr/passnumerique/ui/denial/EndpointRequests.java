package fr.passnumerique.ui.denial;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests of endpoints, made up from the description of the API so that a subject is named. */
record EndpointRequests(URI base, Sample sample) {
  HttpRequest.Builder of(
      String method,
      String path,
      JsonNode operation,
      List<String> owners,
      String type,
      String subject) {
    Map<String, String> variables = new HashMap<>();
    Map<String, String> query = new LinkedHashMap<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode given : operation.path("parameters")) {
      JsonNode parameter = sample.resolved(given);
      String name = parameter.path("name").asString();
      boolean owner = owners.contains(name);
      String value = owner ? subject : text(sample.of(parameter.path("schema")));
      switch (parameter.path("in").asString()) {
        case "path" -> variables.put(name, value);
        case "query" -> {
          if (owner || parameter.path("required").asBoolean(false)) {
            query.put(name, value);
          }
        }
        case "header" -> {
          if (parameter.path("required").asBoolean(false)) {
            headers.put(name, value);
          }
        }
        default -> {}
      }
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(Requests.uri(base, Requests.filled(path, variables), query))
            .timeout(Duration.ofSeconds(60));
    headers.forEach(builder::header);
    JsonNode content = operation.path("requestBody").path("content").path(type);
    HttpRequest.BodyPublisher body =
        type.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : body(builder, type, content.path("schema"), owners, subject);
    return builder.method(method.toUpperCase(Locale.ROOT), body);
  }

  private HttpRequest.BodyPublisher body(
      HttpRequest.Builder builder,
      String type,
      JsonNode schema,
      List<String> owners,
      String subject) {
    if (type.startsWith("multipart/")) {
      Map<String, String> parts = new LinkedHashMap<>();
      sample
          .resolved(schema)
          .path("properties")
          .propertyNames()
          .forEach(name -> parts.put(name, owners.contains(name) ? subject : ""));
      builder.header("Content-Type", "multipart/form-data; boundary=matrix");
      return HttpRequest.BodyPublishers.ofString(Requests.multipart(parts));
    }
    builder.header("Content-Type", type);
    if (!type.endsWith("json")) {
      return HttpRequest.BodyPublishers.ofString("x\n");
    }
    JsonNode body = sample.of(schema);
    if (body instanceof ObjectNode object) {
      for (String owner : owners) {
        if (sample.property(schema, owner).isPresent()) {
          object.put(owner, subject);
        }
      }
    }
    return HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
  }

  private static String text(JsonNode value) {
    return value.isArray() ? text(value.get(0)) : value.asString();
  }
}
