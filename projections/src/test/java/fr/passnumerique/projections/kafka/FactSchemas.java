package fr.passnumerique.projections.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The JSON schemas of facts, from their records: names, types, and what may be left out. It knows
 * the few types that facts are made of, and refuses any other: a new one is described here first.
 */
final class FactSchemas {
  private final Map<String, Object> schemas = new TreeMap<>();

  /** By name; those of nested records included. */
  static Map<String, Object> of(List<FactType> types) {
    FactSchemas made = new FactSchemas();
    types.forEach(type -> made.reference(type.fact()));
    return made.schemas;
  }

  private Map<String, Object> reference(Class<?> record) {
    String name = name(record);
    if (!schemas.containsKey(name)) {
      schemas.put(name, Map.of());
      schemas.put(name, object(record));
    }
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  static String name(Class<?> record) {
    Class<?> outer = record.getEnclosingClass();
    return (outer == null ? "" : name(outer) + ".") + record.getSimpleName();
  }

  private Map<String, Object> object(Class<?> record) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      properties.put(component.getName(), described(component));
      if (!leftOut(record, component)) {
        required.add(component.getName());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("properties", properties);
    return schema;
  }

  private Map<String, Object> described(RecordComponent component) {
    Type type = component.getGenericType();
    boolean mayBeNull = false;
    if (raw(type) == Optional.class) {
      type = argument(type, 0);
      // An absent one is written as null, unless it is left out.
      mayBeNull = !leftOut(component.getDeclaringRecord(), component);
    }
    Map<String, Object> schema = schema(type);
    if (component.getName().toLowerCase(java.util.Locale.ROOT).endsWith("cents")
        && "integer".equals(schema.get("type"))) {
      schema = with(schema, "description", "Euro cents.");
    }
    return mayBeNull ? Map.of("oneOf", List.of(Map.of("type", "null"), schema)) : schema;
  }

  private Map<String, Object> schema(Type type) {
    Class<?> raw = raw(type);
    if (raw == String.class) {
      return Map.of("type", "string");
    }
    if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
      return Map.of("type", "integer");
    }
    if (raw == double.class || raw == Double.class) {
      return Map.of("type", "number");
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return Map.of("type", "boolean");
    }
    if (raw == LocalDate.class) {
      return ordered("type", "string", "format", "date");
    }
    if (raw == Instant.class) {
      return ordered("type", "string", "format", "date-time");
    }
    if (raw == List.class) {
      return ordered("type", "array", "items", schema(argument(type, 0)));
    }
    if (raw == Map.class) {
      return ordered("type", "object", "additionalProperties", schema(argument(type, 1)));
    }
    if (raw.isEnum()) {
      return ordered(
          "type",
          "string",
          "enum",
          Arrays.stream(raw.getEnumConstants())
              .flatMap(word -> FactSamples.stored((Enum<?>) word).stream())
              .toList());
    }
    if (writtenAsText(raw)) {
      schemas.computeIfAbsent(raw.getSimpleName(), _ -> Map.of("type", "string"));
      return Map.of("$ref", "#/components/schemas/" + raw.getSimpleName());
    }
    if (raw.isRecord()) {
      return reference(raw);
    }
    throw new IllegalArgumentException("no schema is known for " + type.getTypeName());
  }

  private static boolean writtenAsText(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.isAnnotationPresent(JsonValue.class))
        .map(Method::getReturnType)
        .anyMatch(String.class::equals);
  }

  /** As Jackson sees it: said on the component, or on the whole record. */
  private static boolean leftOut(Class<?> record, RecordComponent component) {
    return Stream.of(component.getAccessor(), field(record, component))
            .anyMatch(FactSchemas::saysLeftOut)
        || (raw(component.getGenericType()) == Optional.class && saysLeftOut(record));
  }

  private static AnnotatedElement field(Class<?> record, RecordComponent component) {
    try {
      return record.getDeclaredField(component.getName());
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean saysLeftOut(AnnotatedElement element) {
    JsonInclude include = element.getAnnotation(JsonInclude.class);
    return element.isAnnotationPresent(LeftOutWhenEmpty.class)
        || (include != null && include.value() != JsonInclude.Include.ALWAYS);
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType of ? (Class<?>) of.getRawType() : (Class<?>) type;
  }

  private static Type argument(Type type, int place) {
    return ((ParameterizedType) type).getActualTypeArguments()[place];
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static Map<String, Object> ordered(String a, Object b, String c, Object d) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(a, b);
    map.put(c, d);
    return map;
  }
}
