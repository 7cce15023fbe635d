package fr.passnumerique.projections.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published description of the topic, as it lies on the class path. */
final class AsyncApi {
  static final String PREFIX = "fr.passnumerique.";

  private final Map<String, Object> document;
  private final Map<String, Schema> payloads = new HashMap<>();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

  private AsyncApi(Map<String, Object> document) {
    this.document = document;
  }

  static AsyncApi published() {
    try (InputStream in = AsyncApi.class.getResourceAsStream("/asyncapi.yaml")) {
      return of(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static AsyncApi of(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    return new AsyncApi(new Yaml(new SafeConstructor(options)).load(yaml));
  }

  Map<String, Object> document() {
    return document;
  }

  JsonNode tree() {
    return FactCatalogue.JSON.valueToTree(document);
  }

  /**
   * What of a message is not as described. A property that is not described is a fault here,
   * although a consumer has to expect it of a later release.
   *
   * @return empty if it is as described
   */
  List<Error> faults(String message) {
    JsonNode tree = FactCatalogue.JSON.readTree(message);
    String name = tree.path("type").asString("").substring(PREFIX.length());
    return payloads.computeIfAbsent(name, this::payload).validate(tree);
  }

  private Schema payload(String message) {
    ObjectNode root = FactCatalogue.JSON.createObjectNode();
    JsonNode components = tree().get("components");
    if (!components.get("messages").has(message)) {
      throw new AssertionError("the document does not name " + message);
    }
    root.put("$ref", "#/components/messages/" + message + "/payload");
    ObjectNode known = root.putObject("components");
    known.putObject("messages").set(message, components.get("messages").get(message));
    ObjectNode schemas = known.putObject("schemas");
    schemas.setAll((ObjectNode) components.get("schemas"));
    for (JsonNode schema : schemas) {
      if (schema.has("properties")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
    }
    ((ObjectNode) schemas.at("/Envelope/properties/data")).put("additionalProperties", false);
    return registry.getSchema(SchemaLocation.of("asyncapi:" + message), root);
  }
}
