package fr.passnumerique.clearing.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every type of fact by its stored name and version, and how older versions are read.
 *
 * <p>A stored fact is never rewritten. When a shape changes, the type's version is raised and an
 * {@link Upcaster} turns the JSON of the version before into the next one's, on reading.
 */
public final class FactCatalogue {
  /** The one mapping of facts to JSON: integers for cents, ISO 8601 for days and instants. */
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // A missing text is an error, a missing Optional is empty: facts leave empty ones out.
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final Map<Class<?>, Coding> byClass = new HashMap<>();
  private final Map<String, Coding> byName = new HashMap<>();
  private final Map<String, Upcaster> upcasters = new HashMap<>();

  private record Coding(FactType type, ObjectWriter writer, ObjectReader reader) {}

  /**
   * Reads what an older release wrote.
   *
   * @param fromVersion turns this version's JSON into that of {@code fromVersion + 1}
   */
  public record Upcaster(String name, int fromVersion, UnaryOperator<ObjectNode> change) {}

  public FactCatalogue(Collection<FactType> types, List<Upcaster> upcasters) {
    for (FactType type : types) {
      Coding coding = new Coding(type, JSON.writerFor(type.fact()), JSON.readerFor(type.fact()));
      if (byName.put(type.name(), coding) != null) {
        throw new IllegalArgumentException("two types of fact are called " + type.name());
      }
      byClass.put(type.fact(), coding);
    }
    for (Upcaster upcaster : upcasters) {
      this.upcasters.put(upcaster.name() + "/" + upcaster.fromVersion(), upcaster);
    }
  }

  public FactType typeOf(Fact fact) {
    return codingOf(fact).type();
  }

  /**
   * The JSON text that is stored and hashed, in UTF-8; equal facts give equal text.
   *
   * @throws IllegalStateException if the text does not give the fact again: what is recorded stays,
   *     and would stop every register and projection
   */
  public byte[] writeBytes(Fact fact) {
    Coding coding = codingOf(fact);
    byte[] json = coding.writer().writeValueAsBytes(fact);
    if (coding.type().readBack() && !readsAs(coding, json, fact)) {
      throw new IllegalStateException(
          "a fact of type %s could not be read again as it is; it is not recorded"
              .formatted(coding.type().name()));
    }
    return json;
  }

  /** The same as a text. */
  public String write(Fact fact) {
    return new String(writeBytes(fact), UTF_8);
  }

  private static boolean readsAs(Coding coding, byte[] json, Fact fact) {
    try {
      return fact.equals(coding.reader().readValue(json));
    } catch (JacksonException _) {
      return false;
    }
  }

  /**
   * @throws IllegalStateException for a type or version that this release does not know: it must
   *     not be skipped
   */
  public Fact read(String name, int version, byte[] json) {
    Coding coding = byName.get(name);
    if (coding == null) {
      throw new IllegalStateException(
          "fact type %s is unknown to this release; run a release that knows it".formatted(name));
    }
    FactType type = coding.type();
    if (version == type.version()) {
      return coding.reader().readValue(json);
    }
    if (version > type.version()) {
      throw new IllegalStateException(
          "fact type %s version %d is newer than this release's %d; run a newer release"
              .formatted(name, version, type.version()));
    }
    JsonNode tree = JSON.readTree(json);
    for (int from = version; from < type.version(); from++) {
      Upcaster upcaster = upcasters.get(name + "/" + from);
      if (upcaster == null) {
        throw new IllegalStateException(
            "no upcaster reads fact type %s version %d".formatted(name, from));
      }
      tree = upcaster.change().apply((ObjectNode) tree);
    }
    return coding.reader().readValue(tree);
  }

  /** The same from a text. */
  public Fact read(String name, int version, String json) {
    return read(name, version, json.getBytes(UTF_8));
  }

  public Collection<FactType> types() {
    return byName.values().stream().map(Coding::type).toList();
  }

  /** Which versions this release knows, and from which it reads older ones. */
  String versions() {
    TreeSet<String> versions = new TreeSet<>(upcasters.keySet());
    types().forEach(type -> versions.add(type.name() + ":" + type.version()));
    return versions.toString();
  }

  /** Some class of every place that has a say in what a stored fact is read as. */
  List<Class<?>> code() {
    List<Class<?>> code = new ArrayList<>();
    byName.values().forEach(coding -> code.add(coding.type().fact()));
    upcasters.values().forEach(upcaster -> code.add(upcaster.change().getClass()));
    return code;
  }

  private Coding codingOf(Fact fact) {
    Coding coding = byClass.get(fact.getClass());
    if (coding == null) {
      throw new IllegalArgumentException(
          "%s is not in the catalogue of facts".formatted(fact.getClass().getName()));
    }
    return coding;
  }
}
