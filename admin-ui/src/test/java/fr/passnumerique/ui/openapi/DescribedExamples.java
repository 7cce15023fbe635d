package fr.passnumerique.ui.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Every operation shows what is sent to it and what it answers, as its schemas say. */
public final class DescribedExamples {
  private static final String JSON = "application/json";

  private DescribedExamples() {}

  /**
   * @return what is missing or fits no schema, one sentence each
   */
  public static List<String> faults(JsonNode api) {
    List<String> faults = new ArrayList<>();
    operations(api)
        .forEach(
            (id, operation) -> {
              JsonNode body = operation.path("requestBody").path("content");
              if (body.has(JSON)) {
                fits(api, id + " request", body.get(JSON), faults);
              } else if (!body.isMissingNode()
                  && body.valueStream().noneMatch(DescribedExamples::hasExample)) {
                faults.add(id + " request has no example");
              }
              for (Map.Entry<String, JsonNode> response :
                  operation.path("responses").properties()) {
                if (response.getKey().startsWith("2") && !response.getKey().equals("204")) {
                  answer(api, id + " answer", response.getValue().path("content"), faults);
                }
              }
            });
    return faults;
  }

  /** The JSON that is sent, by operationId; of several, the others with their names. */
  public static Map<String, JsonNode> requests(JsonNode api) {
    Map<String, JsonNode> requests = new TreeMap<>();
    operations(api)
        .forEach(
            (id, operation) -> {
              JsonNode body = operation.path("requestBody").path("content").path(JSON);
              if (body.has("example")) {
                requests.put(id, body.get("example"));
              }
              for (Map.Entry<String, JsonNode> each : body.path("examples").properties()) {
                JsonNode sent = each.getValue().get("value");
                requests.put(requests.containsKey(id) ? id + " " + each.getKey() : id, sent);
              }
            });
    return requests;
  }

  private static Map<String, JsonNode> operations(JsonNode api) {
    Map<String, JsonNode> operations = new TreeMap<>();
    for (JsonNode path : api.path("paths")) {
      for (JsonNode operation : path) {
        if (operation.has("operationId")) {
          operations.put(operation.get("operationId").asString(), operation);
        }
      }
    }
    return operations;
  }

  /** An answer without contents (204) needs none; of a file, any text is one. */
  private static void answer(JsonNode api, String what, JsonNode content, List<String> faults) {
    if (content.isEmpty()) {
      faults.add(what + " is not described");
    }
    for (Map.Entry<String, JsonNode> type : content.properties()) {
      if (type.getKey().equals(JSON)) {
        fits(api, what, type.getValue(), faults);
      } else if (!hasExample(type.getValue())) {
        faults.add(what + " has no example of " + type.getKey());
      }
    }
  }

  private static boolean hasExample(JsonNode type) {
    return type.has("example") || type.has("examples");
  }

  private static void fits(JsonNode api, String what, JsonNode type, List<String> faults) {
    if (!hasExample(type)) {
      faults.add(what + " has no example");
    }
    if (type.has("example")) {
      fit(api, type.path("schema"), type.get("example"), what, faults);
    }
    for (Map.Entry<String, JsonNode> each : type.path("examples").properties()) {
      JsonNode value = each.getValue().path("value");
      fit(api, type.path("schema"), value, what + " " + each.getKey(), faults);
    }
  }

  private static void fit(
      JsonNode api, JsonNode schema, JsonNode value, String at, List<String> faults) {
    JsonNode described =
        schema.has("$ref") ? api.at(schema.get("$ref").asString().substring(1)) : schema;
    if (described.has("oneOf") || described.has("anyOf")) {
      return;
    }
    if (described.has("properties")) {
      object(api, described, value, at, faults);
    } else if (described.has("items")) {
      if (!value.isArray()) {
        faults.add(at + " is no list");
      }
      value.forEach(each -> fit(api, described.get("items"), each, at + "[]", faults));
    } else if (described.has("enum")
        && described.get("enum").valueStream().noneMatch(value::equals)) {
      faults.add("%s is none of %s: %s".formatted(at, described.get("enum"), value));
    } else if (described.path("type").asString("").equals("integer") && !value.isIntegralNumber()
        || described.path("type").asString("").equals("string") && !value.isString()
        || described.path("type").asString("").equals("boolean") && !value.isBoolean()) {
      faults.add("%s is no %s: %s".formatted(at, described.get("type").asString(), value));
    }
  }

  private static void object(
      JsonNode api, JsonNode described, JsonNode value, String at, List<String> faults) {
    for (JsonNode required : described.path("required")) {
      if (!value.has(required.asString())) {
        faults.add("%s has no %s".formatted(at, required.asString()));
      }
    }
    for (Map.Entry<String, JsonNode> member : value.properties()) {
      JsonNode property = described.get("properties").path(member.getKey());
      if (property.isMissingNode()) {
        faults.add("%s has %s, which is not described".formatted(at, member.getKey()));
      } else {
        fit(api, property, member.getValue(), at + "." + member.getKey(), faults);
      }
    }
    if (value.has("next")
        && value.has("count")
        && value.valueStream().anyMatch(of -> of.size() >= value.get("count").asLong())) {
      faults.add(at + " shows all that it counts, and yet a next page");
    }
  }
}
