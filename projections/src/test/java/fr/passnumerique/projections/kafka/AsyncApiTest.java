package fr.passnumerique.projections.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LedgerRow;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AsyncAPI document against what the relay sends: every type of fact is named there, and its
 * stored sample in the envelope is as described. {@code -Dasyncapi.write=true} writes what follows
 * from the facts' records into the document; the rest of it is written by hand.
 */
class AsyncApiTest {
  private static final Path DOCUMENT = Path.of("src/main/resources/asyncapi.yaml");
  private static final AsyncApi PUBLISHED = AsyncApi.published();

  /** Every type of fact of this release. */
  static List<FactType> types() {
    return FactSamples.types().sorted(Comparator.comparing(FactType::name)).toList();
  }

  @Test
  void theDocumentFollowsFromTheFacts() throws IOException {
    if (Boolean.getBoolean("asyncapi.write")) {
      write();
      return;
    }
    AsyncApi expected = AsyncApi.published();
    complete(expected.document());

    assertThat(PUBLISHED.tree().toPrettyString())
        .as(
            "asyncapi.yaml, which is brought up to date by"
                + " ./mvnw -pl projections -am test -Dtest=AsyncApiTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dasyncapi.write=true")
        .isEqualTo(expected.tree().toPrettyString());
  }

  /** So that no list here can be forgotten: whoever adds a type of fact adds its sample. */
  @Test
  void everyTypeOfFactThatHasASampleIsNamed() throws IOException, URISyntaxException {
    assertThat(PUBLISHED.tree().at("/components/messages").propertyNames())
        .containsExactlyInAnyOrderElementsOf(
            samples().map(Sample::type).collect(Collectors.toSet()));
  }

  /** The text of a fact that a release has stored: {@code Type.v1.json}, {@code Type.v1.x.json}. */
  record Sample(String type, int version, Path file) {
    static Sample of(Path file) {
      String[] parts = file.getFileName().toString().split("\\.");
      return new Sample(parts[0], Integer.parseInt(parts[1].substring(1)), file);
    }

    String message() throws IOException {
      return LedgerEnvelope.write(
          new LedgerRow(
              120,
              UUID.fromString("7d5f0c4e-0000-4000-8000-000000000001"),
              Instant.parse("2026-03-20T09:00:00.000001Z"),
              type,
              version,
              List.of("slip:21230096100018/S-1"),
              Files.readString(file).strip(),
              "{\"actor\":\"clerk-1\",\"role\":\"CLERK\"}",
              new byte[32]));
    }

    @Override
    public String toString() {
      return file.getFileName().toString();
    }
  }

  static Stream<Sample> samples() throws IOException, URISyntaxException {
    URI directory = AsyncApiTest.class.getResource("/facts/DayOpened.v1.json").toURI();
    if (directory.getScheme().equals("jar")) {
      try (var jar = FileSystems.newFileSystem(directory, Map.of());
          Stream<Path> files = Files.list(jar.getPath("/facts"))) {
        Path copies = Files.createTempDirectory("facts");
        List<Sample> samples = new ArrayList<>();
        for (Path file : files.toList()) {
          Path copy = copies.resolve(file.getFileName().toString());
          samples.add(Sample.of(Files.copy(file, copy)));
          copy.toFile().deleteOnExit();
        }
        copies.toFile().deleteOnExit();
        return samples.stream();
      }
    }
    try (Stream<Path> files = Files.list(Path.of(directory).getParent())) {
      return files.map(Sample::of).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsSentAsDescribed(Sample sample) throws IOException {
    assertThat(PUBLISHED.faults(sample.message())).isEmpty();
  }

  /**
   * The validator bites: on what is missing, on what is not described, on another kind of value.
   */
  @ParameterizedTest
  @MethodSource("samples")
  void whatIsNotAsDescribedIsFound(Sample sample) throws IOException {
    ObjectNode message = (ObjectNode) FactCatalogue.JSON.readTree(sample.message());
    ObjectNode fact = (ObjectNode) message.at("/data/fact");
    String first = fact.propertyNames().iterator().next();
    JsonNode value = fact.get(first);

    fact.putObject(first);
    assertThat(PUBLISHED.faults(message.toString())).isNotEmpty();
    fact.set(first, value);
    assertThat(PUBLISHED.faults(message.toString())).isEmpty();
    fact.put("notDescribed", 1);
    assertThat(PUBLISHED.faults(message.toString())).isNotEmpty();
    fact.remove("notDescribed");
    fact.remove(first);
    assertThat(PUBLISHED.faults(message.toString())).isNotEmpty();
    fact.set(first, value);
    message.put("factversion", sample.version() + 1_000);
    assertThat(PUBLISHED.faults(message.toString())).isNotEmpty();
  }

  @SuppressWarnings("unchecked")
  private static void complete(Map<String, Object> document) {
    Map<String, Object> components = (Map<String, Object>) document.get("components");
    Map<String, Object> schemas = (Map<String, Object>) components.get("schemas");
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("Envelope", schemas.get("Envelope"));
    all.putAll(FactSchemas.of(types()));
    components.put("schemas", all);
    Map<String, Object> messages = new LinkedHashMap<>();
    Map<String, Object> sent = new LinkedHashMap<>();
    for (FactType type : types()) {
      messages.put(type.name(), described(type));
      sent.put(type.name(), Map.of("$ref", "#/components/messages/" + type.name()));
    }
    components.put("messages", messages);
    Map<String, Object> channels = (Map<String, Object>) document.get("channels");
    ((Map<String, Object>) channels.get("ledger")).put("messages", sent);
  }

  private static Map<String, Object> described(FactType type) {
    Map<String, Object> fact =
        Map.of(
            "properties",
            Map.of(
                "fact", Map.of("$ref", "#/components/schemas/" + FactSchemas.name(type.fact()))));
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("type", Map.of("const", AsyncApi.PREFIX + type.name()));
    own.put(
        "factversion", Map.of("enum", IntStream.rangeClosed(1, type.version()).boxed().toList()));
    own.put("data", fact);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("name", AsyncApi.PREFIX + type.name());
    message.put(
        "payload",
        Map.of(
            "allOf",
            List.of(Map.of("$ref", "#/components/schemas/Envelope"), Map.of("properties", own))));
    return message;
  }

  private static void write() throws IOException {
    AsyncApi document = AsyncApi.of(Files.readString(DOCUMENT));
    complete(document.document());
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(120);
    // No anchors: a reader of the document should not have to look elsewhere for a list of words.
    options.setDereferenceAliases(true);
    Files.writeString(DOCUMENT, new Yaml(options).dump(document.document()));
  }
}
