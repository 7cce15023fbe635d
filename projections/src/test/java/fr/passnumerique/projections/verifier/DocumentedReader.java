package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader of exports as somebody writes it who has {@code docs/format.md} and nothing else: lines,
 * hashes, postings, splits, notes and payees by its prose, the chart and the table of postings by
 * its tables. Nothing here is shared with the engine or with {@code verify-ledger}.
 */
final class DocumentedReader {
  private static final List<String> DIMENSIONS =
      List.of(
          "programme",
          "agreement",
          "funder",
          "fundingDepartement",
          "venue",
          "spendingDepartement",
          "prescriber");

  private final Map<String, List<String>> chart = new HashMap<>();
  private final Map<String, List<List<String>>> rules = new HashMap<>();
  private final Map<String, Long> balances = new TreeMap<>();
  private final DocumentedRules told = new DocumentedRules();
  private int facts;

  DocumentedReader(String document) {
    for (List<String> row : table(document, "chart")) {
      chart.put(row.getFirst(), row.get(2).isEmpty() ? List.of() : List.of(row.get(2).split(" ")));
    }
    for (List<String> row : table(document, "postings")) {
      rules.computeIfAbsent(row.getFirst(), _ -> new ArrayList<>()).add(row);
    }
  }

  private static List<List<String>> table(String document, String part) {
    int from = document.indexOf("<!-- " + part + ":");
    return document
        .substring(from, document.indexOf("<!-- end of " + part))
        .lines()
        .filter(line -> line.startsWith("|"))
        .skip(2)
        .map(line -> List.of(line.substring(2, line.length() - 1).split(" ?\\| ?", -1)))
        .map(cells -> cells.stream().map(String::strip).toList())
        .toList();
  }

  /** How many facts were read; what does not hold is an error. */
  int read(byte[] export) throws IOException {
    List<String> lines = new String(export, UTF_8).lines().toList();
    JsonNode header = json(lines.getFirst());
    String hash = header.path("hashBefore").asString();
    for (String line : lines.subList(1, lines.size() - 1)) {
      JsonNode row = json(line);
      hash = hash(hash, row);
      require(row.path("hash").asString().equals(hash), "the hash of " + row.path("position"));
      Map<String, Long> moved = post(row);
      require(moved.values().stream().mapToLong(Long::longValue).sum() == 0, "Σ of " + line);
      moved.values().removeIf(cents -> cents == 0);
      Map<String, Long> published = accounts(row.path("published"));
      require(published.keySet().equals(moved.keySet()), moved + " moved, told " + published);
      published.forEach(
          (account, cents) ->
              require(
                  cents.equals(balances.getOrDefault(account, 0L)),
                  "%s after %s is %s".formatted(account, row.path("position"), cents)));
      told.read(row.path("type").asString(), json(row.path("payload").asString()));
      facts++;
    }
    JsonNode end = json(lines.getLast());
    require(end.path("headHash").asString().equals(hash), "the last hash");
    require(end.path("facts").asInt() == facts, "how many facts");
    balances.values().removeIf(cents -> cents == 0);
    require(accounts(end.path("balances")).equals(balances), "all balances");
    return facts;
  }

  /** How often splits, credit notes and accounts of payees were held to the prose. */
  List<Integer> held() {
    return told.held();
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("by the document alone it does not hold: " + what);
    }
  }

  private static String hash(String before, JsonNode row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(bytes);
    to.write(HexFormat.of().parseHex(before));
    to.writeLong(row.path("position").asLong());
    UUID id = UUID.fromString(row.path("eventId").asString());
    to.write(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
    to.writeLong(
        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(row.path("recordedAt").asString())));
    text(to, row.path("type").asString());
    to.writeInt(row.path("version").asInt());
    to.writeInt(row.path("tags").size());
    for (JsonNode tag : row.path("tags")) {
      text(to, tag.asString());
    }
    text(to, row.path("payload").asString());
    text(to, row.path("metadata").asString());
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void text(DataOutputStream to, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
  }

  private Map<String, Long> post(JsonNode row) {
    Map<String, Long> moved = new TreeMap<>();
    String type = row.path("type").asString() + ".v" + row.path("version").asInt();
    JsonNode fact = json(row.path("payload").asString());
    for (List<String> rule : rules.getOrDefault(type, List.of())) {
      List<String> path = rule.get(1).isEmpty() ? List.of() : List.of(rule.get(1).split("/"));
      for (List<JsonNode> scope : ends(List.of(fact), path)) {
        if (meets(scope, rule.get(2))) {
          long cents = cents(scope, rule.get(3));
          add(moved, account(scope, rule.get(4)), cents);
          add(moved, account(scope, rule.get(5)), -cents);
        }
      }
    }
    return moved;
  }

  private void add(Map<String, Long> moved, String account, long cents) {
    moved.merge(account, cents, Math::addExact);
    balances.merge(account, cents, Math::addExact);
  }

  /** Each object at the end of the path, with those around it, the nearest first. */
  private static List<List<JsonNode>> ends(List<JsonNode> scope, List<String> path) {
    if (path.isEmpty()) {
      return List.of(scope);
    }
    JsonNode next = scope.getFirst().path(path.getFirst());
    List<List<JsonNode>> all = new ArrayList<>();
    for (JsonNode each : next.isArray() ? next : List.of(next)) {
      if (each.isObject()) {
        List<JsonNode> inner = new ArrayList<>(List.of(each));
        inner.addAll(scope);
        all.addAll(ends(inner, path.subList(1, path.size())));
      }
    }
    return all;
  }

  private static JsonNode lookUp(List<JsonNode> scope, String name) {
    for (JsonNode object : scope) {
      JsonNode found = object;
      for (String part : name.split("\\.")) {
        found = found.path(part);
      }
      if (!found.isMissingNode() && !found.isNull()) {
        return found;
      }
    }
    return scope.getLast().path("nowhere");
  }

  private static boolean meets(List<JsonNode> scope, String condition) {
    String[] parts = condition.split("=", 2);
    return condition.isEmpty()
        || (parts.length == 1
            ? !lookUp(scope, condition).isMissingNode()
            : lookUp(scope, parts[0]).asString("").equals(parts[1]));
  }

  private static long cents(List<JsonNode> scope, String sum) {
    long cents = 0;
    int sign = 1;
    for (String part : sum.replace("-", " - ").strip().split(" +")) {
      if (part.equals("-")) {
        sign = -1;
      } else {
        cents = Math.addExact(cents, sign * lookUp(scope, part).asLong(0));
        sign = 1;
      }
    }
    return cents;
  }

  private String account(List<JsonNode> scope, String written) {
    String kind = written.replaceAll("\\(.*", "");
    Map<String, String> from = new LinkedHashMap<>();
    if (written.contains("(")) {
      for (String each : written.replaceAll(".*\\(|\\)", "").split(", ")) {
        String[] parts = each.split("=", 2);
        from.put(parts[0], parts[parts.length - 1]);
      }
    }
    Map<String, String> dimensions = new HashMap<>();
    if (!from.containsKey("nobody")) {
      for (String dimension : chart.getOrDefault(kind, List.of())) {
        String source = from.getOrDefault(dimension, dimension);
        String value = source.equals("owner") ? owner(scope) : lookUp(scope, source).asString("");
        dimensions.put(dimension.equals("owner") ? "funder" : dimension, value);
      }
    }
    return named(kind, dimensions);
  }

  private static String owner(List<JsonNode> scope) {
    String advancing = lookUp(scope, "advancedBy").asString("");
    return advancing.isEmpty() ? lookUp(scope, "funder").asString("") : advancing;
  }

  private static Map<String, Long> accounts(JsonNode told) {
    Map<String, Long> accounts = new TreeMap<>();
    for (JsonNode account : told) {
      Map<String, String> dimensions = new HashMap<>();
      DIMENSIONS.forEach(name -> dimensions.put(name, account.path(name).asString("")));
      accounts.put(
          named(account.path("kind").asString(), dimensions), account.path("cents").asLong());
    }
    return accounts;
  }

  private static String named(String kind, Map<String, String> dimensions) {
    return kind
        + DIMENSIONS.stream()
            .map(name -> "/" + dimensions.getOrDefault(name, ""))
            .reduce("", String::concat);
  }
}
