package fr.passnumerique.ui.openapi;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What the description of the API must say of every operation. */
public final class DescribedApi {
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "patch", "head", "options", "trace");

  private DescribedApi() {}

  /**
   * @return what is missing, one sentence each
   */
  public static List<String> faults(JsonNode api) {
    List<String> faults = new ArrayList<>();
    if (!api.path("openapi").asString("").startsWith("3.1")) {
      faults.add("the description is not OpenAPI 3.1");
    }
    Map<String, String> operations = new HashMap<>();
    Map<String, String> summaries = new HashMap<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!METHODS.contains(method.getKey())) {
          continue;
        }
        String name = method.getKey() + " " + path.getKey();
        JsonNode operation = method.getValue();
        unique(faults, operations, name, "operationId", operation);
        unique(faults, summaries, name, "summary", operation);
        rules(faults, name, operation);
        refusals(faults, name, operation, api);
        variables(faults, name, path.getKey(), operation);
      }
    }
    if (operations.isEmpty()) {
      faults.add("no operation is described");
    }
    danglingReferences(faults, api, api);
    return faults;
  }

  private static void unique(
      List<String> faults, Map<String, String> seen, String name, String what, JsonNode operation) {
    String value = operation.path(what).asString("");
    if (value.isBlank()) {
      faults.add(name + " has no " + what);
      return;
    }
    // What springdoc makes of a name that is taken: the next release may number them otherwise.
    if (what.equals("operationId") && !value.matches("[a-z][a-zA-Z]*")) {
      faults.add("%s has the operationId %s, which is not one name".formatted(name, value));
    }
    String other = seen.put(value, name);
    if (other != null) {
      faults.add("%s has the %s of %s: %s".formatted(name, what, other, value));
    }
  }

  private static void rules(List<String> faults, String name, JsonNode operation) {
    boolean everyone = operation.path(ApiDescription.EVERYONE).asBoolean(false);
    boolean roles = !operation.path(ApiDescription.ROLES).isEmpty();
    if (everyone == roles) {
      faults.add(name + " does not say who may call it");
    }
    if (!everyone && operation.path("security").size() != 3) {
      faults.add(name + " does not say how to authenticate");
    }
    for (JsonNode owner : operation.path(ApiDescription.OWNER)) {
      boolean named = false;
      for (JsonNode parameter : operation.path("parameters")) {
        named |= parameter.path("name").asString("").equals(owner.asString());
      }
      if (!named && operation.path("requestBody").isMissingNode()) {
        faults.add("%s has an owner that it does not describe: %s".formatted(name, owner));
      }
    }
  }

  private static void refusals(List<String> faults, String name, JsonNode operation, JsonNode api) {
    JsonNode responses = operation.path("responses");
    TreeSet<String> missing = new TreeSet<>(List.of("400", "404", "406", "429", "500", "503"));
    if (!operation.path(ApiDescription.EVERYONE).asBoolean(false)) {
      missing.addAll(List.of("401", "403"));
    }
    if (!name.startsWith("get ")) {
      missing.addAll(List.of("409", "422"));
    }
    if (operation.has("requestBody")) {
      missing.addAll(List.of("413", "415"));
    }
    responses.propertyNames().forEach(missing::remove);
    if (!missing.isEmpty()) {
      faults.add(name + " does not describe its refusals " + missing);
    }
    boolean success = false;
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      success |= response.getKey().startsWith("2");
      if (response.getKey().startsWith("4") || response.getKey().startsWith("5")) {
        String ref = response.getValue().path("$ref").asString("");
        JsonNode described = ref.isEmpty() ? response.getValue() : api.at(ref.substring(1));
        if (!described.path("content").has("application/problem+json")) {
          faults.add("%s answers %s without a problem".formatted(name, response.getKey()));
        }
      }
    }
    if (!success) {
      faults.add(name + " does not describe its answer");
    }
  }

  private static void variables(List<String> faults, String name, String path, JsonNode operation) {
    TreeSet<String> described = new TreeSet<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asString("").equals("path")) {
        described.add("{" + parameter.path("name").asString() + "}");
      }
    }
    for (String part : path.split("/")) {
      if (part.startsWith("{") && !described.contains(part)) {
        faults.add("%s does not describe %s".formatted(name, part));
      }
    }
  }

  private static void danglingReferences(List<String> faults, JsonNode api, JsonNode node) {
    if (node.isObject() && node.path("$ref").isString()) {
      String ref = node.get("$ref").asString();
      if (!ref.startsWith("#/") || api.at(ref.substring(1)).isMissingNode()) {
        faults.add("nothing is described at " + ref);
      }
    }
    for (JsonNode child : node) {
      danglingReferences(faults, api, child);
    }
  }
}
