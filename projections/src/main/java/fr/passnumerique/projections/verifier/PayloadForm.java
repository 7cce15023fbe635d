package fr.passnumerique.projections.verifier;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * That a payload has the fields that the format names for its type and version, each of its kind,
 * and no others, by {@code fields.txt}, which are the tables of {@code docs/format.md}. What no
 * rule reads could else say anything: the engine would not read it, and another program otherwise.
 */
final class PayloadForm {
  private static final String LEFT_OUT = ", may be left out";
  private static final String OR_NULL = " or null";
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");

  /** By {@code type.version} of a fact, or the name of a part. */
  private static final Map<String, Map<String, Field>> SHAPES = shapes();

  private record Field(Kind kind, boolean mayBeLeftOut, boolean mayBeNull) {}

  /** What stands in a field. */
  private sealed interface Kind {
    record Many(Kind of) implements Kind {}

    /** An object whose names are free. */
    record Named(Kind of) implements Kind {}

    record Part(String name) implements Kind {}

    record OneOf(Set<String> names) implements Kind {}

    record Plain(String words) implements Kind {}
  }

  private PayloadForm() {}

  /** By {@code type.version}: the facts that it knows. */
  static boolean knows(String type, int version) {
    return SHAPES.containsKey(type + ".v" + version);
  }

  /** The first thing that is not as the format says; empty if all is. */
  static Optional<String> fault(String type, int version, JsonNode fact) {
    return Optional.ofNullable(object("", type + ".v" + version, fact));
  }

  private static @Nullable String object(String path, String shape, JsonNode object) {
    if (!object.isObject()) {
      return no(path.isEmpty() ? "it" : path, "object");
    }
    Map<String, Field> fields = SHAPES.getOrDefault(shape, Map.of());
    for (String name : object.propertyNames()) {
      if (!fields.containsKey(name)) {
        return "it has a field %s that the format does not name".formatted(in(path, name));
      }
    }
    for (Map.Entry<String, Field> field : fields.entrySet()) {
      String fault = told(in(path, field.getKey()), field.getValue(), object.path(field.getKey()));
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String told(String path, Field field, JsonNode value) {
    if (value.isMissingNode()) {
      return field.mayBeLeftOut() ? null : "it has no field " + path;
    }
    return value.isNull() && field.mayBeNull() ? null : value(path, field.kind(), value);
  }

  private static @Nullable String value(String path, Kind kind, JsonNode value) {
    return switch (kind) {
      case Kind.Many(Kind of) -> value.isArray() ? each(path, of, value) : no(path, "list");
      case Kind.Named(Kind of) -> value.isObject() ? each(path, of, value) : no(path, "object");
      case Kind.Part(String name) -> object(path, name, value);
      case Kind.OneOf(Set<String> names) ->
          names.contains(value.asString("")) ? null : no(path, "one of " + names);
      case Kind.Plain(String words) -> isPlain(words, value) ? null : no(path, words);
    };
  }

  private static String in(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  private static @Nullable String each(String path, Kind of, JsonNode values) {
    for (JsonNode one : values) {
      String fault = value(path, of, one);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static String no(String path, String kind) {
    return "%s is no %s".formatted(path, kind);
  }

  private static boolean isPlain(String words, JsonNode value) {
    return switch (words) {
      case "whole number" -> value.isIntegralNumber() && value.canConvertToLong();
      case "number" -> value.isNumber();
      case "true or false" -> value.isBoolean();
      case "text" -> value.isString();
      case "day" -> value.isString() && isDay(value.asString());
      case "instant" -> value.isString() && isInstant(value.asString());
      default -> throw new IllegalStateException("the program knows no kind '%s'".formatted(words));
    };
  }

  private static boolean isDay(String text) {
    try {
      return LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isInstant(String text) {
    try {
      return Instant.parse(text).toString().equals(text);
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static Map<String, Map<String, Field>> shapes() {
    Map<String, Map<String, Field>> shapes = new HashMap<>();
    for (List<String> row : TextTable.read("fields.txt", 3)) {
      shapes.computeIfAbsent(row.get(0), _ -> new HashMap<>()).put(row.get(1), field(row.get(2)));
    }
    return shapes;
  }

  private static Field field(String is) {
    int leftOut = is.indexOf(LEFT_OUT);
    return leftOut < 0
        ? new Field(kind(is), false, false)
        : new Field(kind(is.substring(0, leftOut)), true, is.endsWith(LEFT_OUT + OR_NULL));
  }

  private static Kind kind(String words) {
    if (words.startsWith("list of ")) {
      return new Kind.Many(kind(words.substring("list of ".length())));
    }
    if (words.startsWith("object of ")) {
      return new Kind.Named(kind(words.substring("object of ".length())));
    }
    if (words.startsWith("object ")) {
      return new Kind.Part(words.substring("object ".length()));
    }
    if (words.startsWith("one of ")) {
      // Some are told with what they were called before: "`NOW` (before: `THEN`)".
      return new Kind.OneOf(
          WORD.matcher(words).results().map(word -> word.group(1)).collect(Collectors.toSet()));
    }
    // What follows tells people more: "text (Serial)", "day, Europe/Paris".
    return new Kind.Plain(words.replaceFirst("^(text|day|instant)\\b.*", "$1"));
  }
}
