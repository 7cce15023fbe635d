package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * What a rule of a table looks at in a fact, and the objects around it, the innermost first: a name
 * is looked up there first, then in those, at last in the fact itself.
 */
record Scope(JsonNode object, List<JsonNode> around) {
  static Scope of(JsonNode fact) {
    return new Scope(fact, List.of());
  }

  private Scope in(JsonNode inner) {
    List<JsonNode> wider = new ArrayList<>(around.size() + 1);
    wider.add(object);
    wider.addAll(around);
    return new Scope(inner, wider);
  }

  /** What stands at the end of the path: a list stands for each of its elements. */
  void each(String[] path, Consumer<Scope> found) {
    each(path, 0, found);
  }

  private void each(String[] path, int depth, Consumer<Scope> found) {
    if (depth == path.length) {
      found.accept(this);
      return;
    }
    JsonNode next = object.path(path[depth]);
    if (next.isArray()) {
      next.forEach(element -> in(element).each(path, depth + 1, found));
    } else if (next.isObject()) {
      in(next).each(path, depth + 1, found);
    }
  }

  /** {@code name}: it is there; {@code name=value}; {@code name=}: it is not there. */
  boolean meets(String condition) {
    int equals = condition.indexOf('=');
    if (condition.isEmpty()) {
      return true;
    }
    String name = equals < 0 ? condition : condition.substring(0, equals);
    String value = equals < 0 ? "" : condition.substring(equals + 1);
    return value.isEmpty() ? has(name) == (equals < 0) : text(name).equals(value);
  }

  private boolean has(String name) {
    return isThere(object.path(name))
        || around.stream().anyMatch(outer -> isThere(outer.path(name)));
  }

  /** What is null or an empty text is not. */
  private static boolean isThere(JsonNode value) {
    return !value.isMissingNode()
        && !value.isNull()
        && !(value.isString() && value.asString().isEmpty());
  }

  /** Empty if nothing is. */
  String text(String name) {
    JsonNode own = object.path(name);
    if (own.isString()) {
      return own.asString();
    }
    for (JsonNode outer : around) {
      if (outer.path(name).isString()) {
        return outer.path(name).asString();
      }
    }
    return "";
  }
}
