package fr.passnumerique.clearing.http;

import fr.passnumerique.clearing.ledger.Identifier;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * What Jackson found wrong with a body, as problems a sender can mend.
 *
 * <p>Jackson's own messages are not passed on: they name our classes, and they quote the text
 * around the error, which may be a check part or an IBAN. A value is shown only where a number, a
 * day or one of a list of words was due.
 */
final class JsonProblems {
  private static final Pattern NUMBER = Pattern.compile("\\((-?[0-9][0-9.eE+-]*)\\)");
  private static final Pattern TWICE = Pattern.compile("[Dd]uplicate [^\"']*[\"']([^\"']+)[\"']");
  private static final Pattern STRANGE =
      Pattern.compile("^Unexpected character \\('.' \\(code [0-9]+[^)]*\\)\\)");

  private JsonProblems() {}

  /**
   * @return null if the fault is not the sender's
   */
  static @Nullable Problem of(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown -> unknownField(unknown);
      case InvalidNullException missing -> missingField(missing, "must not be null");
      case InvalidFormatException format -> invalidFormat(format);
      case MismatchedInputException mismatch -> mismatch(mismatch);
      case ValueInstantiationException refused -> refusedByType(refused);
      case InputCoercionException range -> outOfRange(range);
      case StreamConstraintsException tooMuch ->
          malformed(
              "JSON_TOO_COMPLEX",
              tooMuch,
              "the JSON is nested too deeply, or a number, name or text in it is too long",
              "send a simpler body");
      case StreamReadException malformed -> malformed(malformed);
      default -> e.getCause() instanceof Exception cause ? ofCause(e, cause) : null;
    };
  }

  private static @Nullable Problem ofCause(JacksonException e, Exception cause) {
    return switch (cause) {
      case Problem problem -> problem;
      case JacksonException inner when inner != e -> of(inner);
      case Identifier.Malformed malformed when !secret(last(Place.of(e).field())) ->
          invalid(
              e,
              "INVALID_VALUE",
              Problem.shown(malformed.value()),
              said(cause),
              "correct the value");
      case IllegalArgumentException _, DateTimeException _ ->
          invalid(e, "INVALID_VALUE", "", said(cause), "correct the value");
      default -> null;
    };
  }

  private static Problem unknownField(UnrecognizedPropertyException e) {
    Collection<Object> known = e.getKnownPropertyIds();
    Set<String> allowed =
        known == null
            ? Set.of()
            : known.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
    return invalid(
        e,
        "UNKNOWN_FIELD",
        "",
        "is not a field of this request",
        allowed.isEmpty() ? "leave it out" : "the fields are " + String.join(", ", allowed));
  }

  private static Problem missingField(MismatchedInputException e, String message) {
    return invalid(e, "MISSING_FIELD", "", message, "give " + due(e.getTargetType()));
  }

  private static Problem invalidFormat(InvalidFormatException e) {
    Class<?> target = e.getTargetType();
    if (String.class.equals(target)) {
      return invalid(e, "INVALID_VALUE", "", said(e), "delete that character");
    }
    String value = shown(e, e.getValue(), target);
    if (said(e).startsWith(LedgerYears.RULE)) {
      return invalid(e, "OUT_OF_RANGE", value, LedgerYears.RULE, LedgerYears.REMEDY);
    }
    String message = (value.isEmpty() ? "the value" : "'" + value + "'") + " is not " + due(target);
    return invalid(e, "WRONG_TYPE", value, message, "give " + due(target));
  }

  private static Problem mismatch(MismatchedInputException e) {
    String said = said(e);
    if (said.startsWith("Missing ")) {
      return invalid(e, "MISSING_FIELD", "", "is missing", "give it");
    }
    if (said.startsWith("Trailing token")) {
      return malformed(
          "MALFORMED_JSON", e, "something follows after the end of the JSON value", "delete it");
    }
    if (said.startsWith("No content to map")) {
      return malformed("MISSING_BODY", e, "the request has no body", "send a JSON body");
    }
    Class<?> target = e.getTargetType();
    String got = got(e.getCurrentToken());
    String due = due(target);
    return invalid(e, "WRONG_TYPE", "", "must be %s%s".formatted(due, got), "give " + due);
  }

  private static @Nullable Problem refusedByType(ValueInstantiationException e) {
    Throwable cause = e.getCause();
    return cause instanceof Exception exception ? ofCause(e, exception) : null;
  }

  private static Problem outOfRange(InputCoercionException e) {
    Matcher number = NUMBER.matcher(e.getOriginalMessage());
    String value = number.find() ? Problem.shown(number.group(1)) : "";
    boolean fraction = !value.isEmpty() && !value.matches("-?[0-9…]+");
    String due = due(e.getTargetType());
    return invalid(
        e,
        fraction ? "WRONG_TYPE" : "OUT_OF_RANGE",
        value,
        fraction ? "'%s' is not %s".formatted(value, due) : "is out of range: must be " + due,
        "give " + due);
  }

  private static Problem malformed(StreamReadException e) {
    String said = e.getOriginalMessage();
    if (said.contains("Invalid UTF-8") || said.contains("UTF-32")) {
      return malformed(
          "WRONG_ENCODING",
          e,
          "the body is not UTF-8 here; it looks like another encoding",
          "send the body as UTF-8");
    }
    Matcher twice = TWICE.matcher(said);
    if (twice.find()) {
      Place place = Place.of(e);
      return fault(
          "DUPLICATE_FIELD",
          place.line(),
          place.with(twice.group(1)),
          "",
          "is given twice",
          "give it once");
    }
    if (e instanceof UnexpectedEndOfInputException) {
      return malformed(
          "MALFORMED_JSON", e, "the JSON ends before it is complete", "send the whole body");
    }
    Matcher strange = STRANGE.matcher(said);
    return malformed(
        "MALFORMED_JSON",
        e,
        "the body is not well-formed JSON" + (strange.find() ? ": " + strange.group() : ""),
        "correct the JSON at that place");
  }

  private static Problem malformed(String code, JacksonException e, String message, String remedy) {
    TokenStreamLocation at = e.getLocation();
    int line = at == null ? 0 : Math.max(0, at.getLineNr());
    String where =
        line == 0 ? "" : "line %d, column %d: ".formatted(line, Math.max(0, at.getColumnNr()));
    return Problem.badRequest(
        code,
        where + message + "; " + remedy,
        List.of(new Problem.Fault(line, "", "", where + message, remedy)));
  }

  private static Problem invalid(
      JacksonException e, String code, String value, String message, String remedy) {
    Place place = Place.of(e);
    return fault(code, place.line(), place.field(), value, message, remedy);
  }

  private static Problem fault(
      String code, int line, String field, String value, String message, String remedy) {
    String subject =
        (line == 0 ? "" : "item " + line + ": ") + (field.isEmpty() ? "the body" : field);
    return Problem.badRequest(
        code,
        "%s %s; %s".formatted(subject, message, remedy),
        List.of(new Problem.Fault(line, field, value, message, remedy)));
  }

  /** What a value of this type looks like. */
  static String due(@Nullable Class<?> type) {
    if (type == null) {
      return "a value";
    }
    if (type == long.class || type == Long.class) {
      return "a whole number from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == int.class || type == Integer.class) {
      return "a whole number from %d to %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    if (type == LocalDate.class) {
      return "a day as 2026-12-31";
    }
    if (type == Instant.class) {
      return "an instant in UTC as 2026-12-31T23:00:00Z";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    if (type == String.class || CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    }
    return "a value of the form that the API's description gives";
  }

  private static String got(@Nullable JsonToken token) {
    return switch (token) {
      case null -> "";
      case START_OBJECT, PROPERTY_NAME -> ", not an object";
      case START_ARRAY -> ", not a list";
      case VALUE_STRING -> ", not a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> ", not a number";
      case VALUE_TRUE, VALUE_FALSE -> ", not a boolean";
      case VALUE_NULL -> ", not null";
      default -> "";
    };
  }

  private static String shown(JacksonException e, @Nullable Object value, Class<?> target) {
    return harmless(target) && value != null && !secret(last(Place.of(e).field()))
        ? Problem.shown(value.toString())
        : "";
  }

  /** Whether a value sent for this type is neither a secret nor a person's. */
  static boolean harmless(@Nullable Class<?> target) {
    return target != null
        && (target.isPrimitive()
            || Number.class.isAssignableFrom(target)
            || Boolean.class.equals(target)
            || Temporal.class.isAssignableFrom(target)
            || target.isEnum());
  }

  private static boolean secret(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return Set.of("iban", "bic", "code", "cheque", "password", "key", "secret", "contact", "mail")
        .stream()
        .anyMatch(name::contains);
  }

  private static String said(Throwable e) {
    String message = e instanceof JacksonException j ? j.getOriginalMessage() : e.getMessage();
    return message == null ? "" : message;
  }

  private static String last(String field) {
    return field.substring(field.lastIndexOf('.') + 1);
  }

  /**
   * Where in the body.
   *
   * @param line place in the first list on the way, from 1; 0 if there is none
   * @param field the way from there, or the whole way if there is no list; names joined by dots
   */
  private record Place(int line, String field) {
    static Place of(JacksonException e) {
      int line = 0;
      String list = "";
      StringBuilder field = new StringBuilder();
      for (JacksonException.Reference step : e.getPath()) {
        String name = step.getPropertyName();
        if (name != null) {
          field.append(field.isEmpty() ? "" : ".").append(name);
        } else if (step.getIndex() >= 0) {
          if (line == 0) {
            line = step.getIndex() + 1;
            list = field.toString();
            field.setLength(0);
          } else {
            field.append('[').append(step.getIndex()).append(']');
          }
        }
      }
      return new Place(line, field.isEmpty() ? list : field.toString());
    }

    String with(String name) {
      return field.isEmpty() ? name : field + "." + name;
    }
  }
}
