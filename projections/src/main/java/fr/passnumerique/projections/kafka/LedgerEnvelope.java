package fr.passnumerique.projections.kafka;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerRow;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A row of the ledger as a CloudEvent 1.0 in structured JSON.
 *
 * <pre>{@code
 * {"specversion":"1.0","id":"7d5f…","source":"/pass-numerique/ledger","type":"fr.passnumerique.SlipJudged",
 *  "subject":"120","time":"2026-03-20T09:00:00.000001Z","datacontenttype":"application/json","factversion":1,
 *  "data":{"fact":{…},"tags":[…],"metadata":{…},"hash":"9f86…"}}
 * }</pre>
 *
 * <p>{@code subject} is the position. {@code fact} and {@code metadata} are the stored texts,
 * copied character by character: whoever cuts them out of the message can compute the chain of
 * hashes.
 */
public final class LedgerEnvelope {
  static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

  private static final String SOURCE = "/pass-numerique/ledger";
  private static final String TYPE_PREFIX = "fr.passnumerique.";

  private LedgerEnvelope() {}

  static String write(LedgerRow row) {
    StringWriter text = new StringWriter(row.payload().length + 512);
    try (JsonGenerator json = FactCatalogue.JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringProperty("specversion", "1.0");
      json.writeStringProperty("id", row.eventId().toString());
      json.writeStringProperty("source", SOURCE);
      json.writeStringProperty("type", TYPE_PREFIX + row.type());
      json.writeStringProperty("subject", Long.toString(row.position()));
      json.writeStringProperty("time", row.recordedAt().toString());
      json.writeStringProperty("datacontenttype", "application/json");
      json.writeNumberProperty("factversion", row.version());
      json.writeObjectPropertyStart("data");
      json.writeName("fact");
      json.writeRawValue(row.payloadText());
      json.writeArrayPropertyStart("tags");
      row.tags().forEach(json::writeString);
      json.writeEndArray();
      json.writeName("metadata");
      json.writeRawValue(row.metadata());
      json.writeStringProperty("hash", HexFormat.of().formatHex(row.hash()));
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException if it is not what {@link #write} gives
   */
  public static LedgerRow read(String text) {
    Map<String, String> attributes = new HashMap<>();
    List<String> tags = new ArrayList<>();
    try (JsonParser json = FactCatalogue.JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("data")) {
          readData(text, json, attributes, tags);
        } else {
          attributes.put(name, json.getString());
        }
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("the message is not JSON as the relay writes it", e);
    }
    String type = required(attributes, "type");
    if (!type.startsWith(TYPE_PREFIX)) {
      throw new IllegalArgumentException("the message is of type " + type + ", not a fact");
    }
    return new LedgerRow(
        Long.parseLong(required(attributes, "subject")),
        UUID.fromString(required(attributes, "id")),
        Instant.parse(required(attributes, "time")),
        type.substring(TYPE_PREFIX.length()),
        Integer.parseInt(required(attributes, "factversion")),
        List.copyOf(tags),
        required(attributes, "data.fact"),
        required(attributes, "data.metadata"),
        HexFormat.of().parseHex(required(attributes, "data.hash")));
  }

  private static void readData(
      String text, JsonParser json, Map<String, String> attributes, List<String> tags) {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "fact", "metadata" -> {
          if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("the message's " + name + " is no JSON object");
          }
          // The text itself: writing the parsed tree again could differ from what was hashed.
          int from = (int) json.currentTokenLocation().getCharOffset();
          json.skipChildren();
          int to = (int) json.currentLocation().getCharOffset();
          attributes.put("data." + name, text.substring(from, to));
        }
        case "tags" -> {
          while (json.nextToken() != JsonToken.END_ARRAY) {
            tags.add(json.getString());
          }
        }
        default -> {
          attributes.put("data." + name, json.getString());
          json.skipChildren();
        }
      }
    }
  }

  private static String required(Map<String, String> attributes, String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the message has no " + name);
    }
    return value;
  }
}
