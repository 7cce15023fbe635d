package fr.passnumerique.projections.verifier;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the lines of an export, and nothing that is nearly one: what is written in two ways could
 * be changed without a trace.
 */
final class LineReader {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private static final Set<String> HEADER =
      Set.of(
          "format",
          "formatVersion",
          "ledger",
          "scope",
          "funder",
          "firstPosition",
          "hashBefore",
          "exportedAt",
          "leftOut");
  private static final Set<String> ROW =
      Set.of(
          "position",
          "eventId",
          "recordedAt",
          "type",
          "version",
          "tags",
          "payload",
          "metadata",
          "hash",
          "published");
  private static final Set<String> HIDDEN =
      Set.of("position", "leftOut", "hash", "entries", "published");
  private static final Set<String> END =
      Set.of("end", "facts", "lastPosition", "headHash", "balances", "balancesLeftOut");
  private static final Set<String> ACCOUNT =
      Set.of(
          "kind",
          "programme",
          "agreement",
          "funder",
          "fundingDepartement",
          "venue",
          "spendingDepartement",
          "prescriber",
          "cents");

  /** A line that is none; its message says why. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  private LineReader() {}

  static ExportedLine.Header header(String line) {
    JsonNode node = object(line, HEADER);
    if (!text(node, "format").equals("pass-numerique-ledger")
        || number(node, "formatVersion") != 1) {
      throw new Unreadable("it is no export of format pass-numerique-ledger, version 1");
    }
    String scope = text(node, "scope");
    if (!Set.of("WHOLE", "FUNDER").contains(scope)) {
      throw new Unreadable("scope is '%s', and is WHOLE or FUNDER".formatted(scope));
    }
    boolean whole = scope.equals("WHOLE");
    if (whole && node.has("funder")) {
      throw new Unreadable("it is WHOLE and names a funder, which only a share does");
    }
    instant(node, "exportedAt");
    text(node, "leftOut");
    return new ExportedLine.Header(
        text(node, "ledger").isEmpty() ? "" : hash(node, "ledger"),
        whole,
        whole ? "" : text(node, "funder"),
        number(node, "firstPosition"),
        hash(node, "hashBefore"));
  }

  static ExportedLine line(String line) {
    JsonNode node = tree(line);
    if (node.has("end")) {
      only(node, END);
      isTrue(node, "end");
      if (node.has("balances") == node.has("balancesLeftOut")) {
        throw new Unreadable("it has balances or says why they are left out, one of the two");
      }
      if (node.has("balancesLeftOut")) {
        text(node, "balancesLeftOut");
      }
      return new ExportedLine.End(
          number(node, "facts"),
          number(node, "lastPosition"),
          hash(node, "headHash"),
          eachOnce(node, "balances"));
    }
    if (node.has("leftOut")) {
      only(node, HIDDEN);
      isTrue(node, "leftOut");
      List<Entry> entries = accounts(node, "entries");
      if (entries == null) {
        throw new Unreadable("entries is missing");
      }
      return new ExportedLine.Hidden(
          number(node, "position"), hash(node, "hash"), entries, eachOnce(node, "published"));
    }
    only(node, ROW);
    return row(node);
  }

  private static ExportedRow row(JsonNode node) {
    List<String> tags = new ArrayList<>();
    for (JsonNode tag : node.path("tags")) {
      if (!tag.isString()) {
        throw new Unreadable("a tag is no text");
      }
      tags.add(tag.asString());
    }
    if (!node.path("tags").isArray()) {
      throw new Unreadable("tags is missing or no list");
    }
    long version = number(node, "version");
    if (version < 1 || version > Integer.MAX_VALUE) {
      throw new Unreadable("version is " + version);
    }
    return new ExportedRow(
        number(node, "position"),
        uuid(text(node, "eventId")),
        recordedAt(node),
        text(node, "type"),
        (int) version,
        tags,
        text(node, "payload"),
        text(node, "metadata"),
        hash(node, "hash"),
        eachOnce(node, "published"));
  }

  /** The JSON in a payload. */
  static JsonNode fact(String payload) {
    JsonNode node = tree(payload);
    if (!node.isObject()) {
      throw new Unreadable("the payload is no object");
    }
    return node;
  }

  private static JsonNode object(String line, Set<String> fields) {
    JsonNode node = tree(line);
    only(node, fields);
    return node;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw new Unreadable("it is no JSON: " + e.getOriginalMessage());
    }
  }

  private static void only(JsonNode node, Set<String> fields) {
    if (!node.isObject()) {
      throw new Unreadable("it is no JSON object");
    }
    for (String name : node.propertyNames()) {
      if (!fields.contains(name)) {
        throw new Unreadable("it has a field '%s' that the format does not know".formatted(name));
      }
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw new Unreadable(name + " is missing or no text");
    }
    return value.asString();
  }

  private static long number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new Unreadable(name + " is missing or no whole number");
    }
    return value.asLong();
  }

  private static String hash(JsonNode node, String name) {
    String hash = text(node, name);
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new Unreadable(name + " is not 64 lower-case hexadecimal digits");
    }
    return hash;
  }

  private static void isTrue(JsonNode node, String name) {
    if (!node.path(name).isBoolean() || !node.path(name).asBoolean()) {
      throw new Unreadable(name + " is not true");
    }
  }

  private static UUID uuid(String text) {
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equals(text)) {
        return id;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new Unreadable("eventId is no UUID in its one form");
  }

  private static Instant recordedAt(JsonNode node) {
    Instant at = instant(node, "recordedAt");
    if (at.getNano() % 1_000 != 0) {
      throw new Unreadable("recordedAt is no instant in microseconds");
    }
    return at;
  }

  private static Instant instant(JsonNode node, String name) {
    String text = text(node, name);
    try {
      Instant at = Instant.parse(text);
      if (at.toString().equals(text)) {
        return at;
      }
    } catch (DateTimeException _) {
      // Said below.
    }
    throw new Unreadable(name + " is no instant in its one form");
  }

  /** What an account stands at is told once. */
  private static @Nullable List<Entry> eachOnce(JsonNode node, String name) {
    List<Entry> accounts = accounts(node, name);
    Set<Account> told = new HashSet<>();
    for (Entry one : accounts == null ? List.<Entry>of() : accounts) {
      if (!told.add(one.account())) {
        throw new Unreadable("%s names account %s twice".formatted(name, one.account()));
      }
    }
    return accounts;
  }

  private static @Nullable List<Entry> accounts(JsonNode node, String name) {
    if (!node.has(name)) {
      return null;
    }
    if (!node.path(name).isArray()) {
      throw new Unreadable(name + " is no list");
    }
    List<Entry> accounts = new ArrayList<>();
    for (JsonNode one : node.path(name)) {
      only(one, ACCOUNT);
      accounts.add(
          new Entry(
              new Account(
                  text(one, "kind"),
                  dimension(one, "programme"),
                  dimension(one, "agreement"),
                  dimension(one, "funder"),
                  dimension(one, "fundingDepartement"),
                  dimension(one, "venue"),
                  dimension(one, "spendingDepartement"),
                  dimension(one, "prescriber")),
              number(one, "cents")));
    }
    return accounts;
  }

  private static String dimension(JsonNode node, String name) {
    return node.has(name) ? text(node, name) : "";
  }
}
