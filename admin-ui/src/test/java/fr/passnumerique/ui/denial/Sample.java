package fr.passnumerique.ui.denial;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a description of the API calls valid, as far as a schema can tell. */
final class Sample {
  private static final int DEEPEST = 12;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonNode api;

  Sample(JsonNode api) {
    this.api = api;
  }

  JsonNode of(JsonNode schema) {
    return of(schema, 0);
  }

  private JsonNode of(JsonNode given, int depth) {
    JsonNode schema = resolved(given);
    if (depth > DEEPEST) {
      return NODES.nullNode();
    }
    for (String fixed : new String[] {"const", "example", "default"}) {
      if (schema.has(fixed) && !schema.get(fixed).isNull()) {
        return typed(schema, schema.get(fixed));
      }
    }
    if (schema.path("examples").size() > 0) {
      return schema.get("examples").get(0);
    }
    if (schema.path("enum").size() > 0) {
      return schema.get("enum").get(0);
    }
    for (String choice : new String[] {"oneOf", "anyOf", "allOf"}) {
      if (schema.path(choice).size() > 0) {
        return of(schema.get(choice).get(0), depth + 1);
      }
    }
    return switch (type(schema)) {
      case "integer" -> NODES.numberNode(Math.max(1L, schema.path("minimum").asLong(1)));
      case "number" -> NODES.numberNode(1.5);
      case "boolean" -> NODES.booleanNode(false);
      case "array" -> {
        ArrayNode list = NODES.arrayNode();
        list.add(of(schema.path("items"), depth + 1));
        yield list;
      }
      case "object" -> object(schema, depth);
      default -> NODES.stringNode(text(schema));
    };
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    for (JsonNode name : schema.path("required")) {
      JsonNode property = schema.path("properties").path(name.asString());
      object.set(name.asString(), of(property, depth + 1));
    }
    return object;
  }

  private static String text(JsonNode schema) {
    return switch (schema.path("format").asString("")) {
      case "date" -> "2026-10-01";
      case "date-time" -> "2026-10-01T10:00:00Z";
      case "uuid" -> "00000000-0000-4000-8000-000000000000";
      default -> "X-1";
    };
  }

  /** Examples are written as text in annotations, whatever the type. */
  private static JsonNode typed(JsonNode schema, JsonNode value) {
    if (!value.isString() || type(schema).equals("string")) {
      return value;
    }
    return switch (type(schema)) {
      case "integer" -> NODES.numberNode(Long.parseLong(value.asString()));
      case "boolean" -> NODES.booleanNode(Boolean.parseBoolean(value.asString()));
      default -> value;
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (!each.asString().equals("null")) {
          return each.asString();
        }
      }
    }
    return type.isString() ? type.asString() : schema.has("properties") ? "object" : "string";
  }

  JsonNode resolved(JsonNode schema) {
    JsonNode node = schema;
    while (node.has("$ref")) {
      node = api.at(node.get("$ref").asString().substring(1));
    }
    return node;
  }

  /** Where an object of this schema has a property of that name. */
  Optional<JsonNode> property(JsonNode schema, String name) {
    JsonNode property = resolved(schema).path("properties").path(name);
    return property.isMissingNode() ? Optional.empty() : Optional.of(property);
  }
}
