package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole export, and the ways in which somebody might change it. */
final class Tampering {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** How far apart hashes are kept where the operator cannot change them. */
  private static final int KEPT_EVERY = 100;

  private final String header;
  private final List<String> lines;
  private final List<ExportedRow> rows = new ArrayList<>();
  private final String trailer;
  private final List<Integer> slips = new ArrayList<>();
  private final List<Integer> splitSlips = new ArrayList<>();
  private final List<Integer> runs = new ArrayList<>();
  private final List<Integer> statements = new ArrayList<>();
  private final StatementTampering statement = new StatementTampering();

  /** Of a whole booking of the bank; what was recorded by hand nothing else tells. */
  private final List<Integer> receipts = new ArrayList<>();

  private final List<String> venues;

  /** The ways. Where they can be known is the changed position unless said otherwise. */
  enum Kind {
    BYTE("a byte of a row"),
    DROPPED("a fact dropped"),
    /** Known at the position after it, where it stands again. */
    DOUBLED("a fact doubled"),
    /** Known at the earlier of the two. */
    SWAPPED("two facts swapped"),
    /** The chain is made good again, and balances are withheld. No hash was kept. */
    MOVED_TO_ANOTHER_VENUE("cents shifted between two venues, re-hashed from there on"),
    /** As before. */
    MOVED_TO_ANOTHER_FUNDER("cents shifted between two funders, re-hashed from there on"),
    /** As before. */
    MOVED_TO_ANOTHER_ACCOUNT("the accounts of two transfers swapped, re-hashed from there on"),
    /** As before. */
    RECEIPT("a receipt's amount changed, re-hashed from there on"),
    /**
     * As before; the bank is known to have proven the cash, but for what the export itself says
     * that it has not.
     */
    STATEMENT("a statement's closing balance or count changed, re-hashed from there on"),
    /** As before. */
    ANOTHER_DEPARTEMENT("services counted in another département, re-hashed from there on"),
    /** As before. */
    ANOTHER_DAY("a service moved after the day of its slip, re-hashed from there on"),
    /** As before. */
    FURTHER_FIELD("a field that nothing reads added to a fact, re-hashed from there on"),
    /** No hash covers them. */
    UNPUBLISHED("the published balances left out of a row"),
    /** With or without a new last line. Known at the first position that is missing. */
    TRUNCATED("the tail truncated"),
    /**
     * Who asked, which nothing else tells. Known at the first position from there on whose hash was
     * kept outside: every hundredth and the last, or the last alone.
     */
    WRITTEN_AGAIN("history re-hashed from a fact on, against hashes kept outside"),
    /** From the first fact on. */
    WHOLLY_WRITTEN_AGAIN("the whole history re-hashed, against hashes kept outside");

    private final String sentence;

    Kind(String sentence) {
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }

  /**
   * @param knownAt the position that a verification must name
   */
  record Changed(byte[] export, Verification.Kept kept, long knownAt) {}

  Tampering(String export) {
    List<String> all = export.lines().toList();
    header = all.getFirst();
    trailer = all.getLast();
    lines = all.subList(1, all.size() - 1);
    Set<String> known = new TreeSet<>();
    for (String line : lines) {
      if (!(LineReader.line(line) instanceof ExportedRow row)) {
        throw new IllegalArgumentException("a whole export is needed, this one leaves rows out");
      }
      JsonNode fact = LineReader.fact(row.payload());
      statement.gather(row.type(), fact);
      switch (row.type()) {
        case "SlipJudged" -> {
          if (fact.path("owed").size() > 0) {
            slips.add(rows.size());
          }
          if (fact.path("owed").size() > 1) {
            splitSlips.add(rows.size());
          }
        }
        case "SettlementRunOpened" -> {
          if (fact.path("transfers").size() > 1) {
            runs.add(rows.size());
          }
        }
        case "BankStatementImported" -> statements.add(rows.size());
        case "FundsReceived" -> {
          JsonNode entry = fact.path("entry");
          if (!entry.hasNonNull("part")
              && entry.path("bookedCents").asLong(0) == fact.path("amountCents").asLong(0)) {
            receipts.add(rows.size());
          }
        }
        case "VenueListed" -> known.add(fact.path("venue").asString());
        default -> {}
      }
      rows.add(row);
    }
    venues = List.copyOf(known);
    if (rows.isEmpty()
        || rows.getFirst().position() != 1
        || splitSlips.isEmpty()
        || runs.isEmpty()) {
      throw new IllegalArgumentException(
          "the export must begin with position 1 and have slips and settlement runs, to be tampered"
              + " with");
    }
  }

  /** The ways in which this export can be changed. */
  List<Kind> kinds() {
    return Stream.of(Kind.values())
        .filter(kind -> kind != Kind.STATEMENT || !statements.isEmpty())
        .filter(kind -> kind != Kind.RECEIPT || !receipts.isEmpty())
        .filter(kind -> kind != Kind.UNPUBLISHED || rows.getFirst().published() != null)
        .toList();
  }

  Changed change(Kind kind, Random random) {
    int i = random.nextInt(rows.size());
    long position = rows.get(i).position();
    return switch (kind) {
      case BYTE -> changed(each -> each.set(i, otherByte(lines.get(i), random)), position);
      case DROPPED -> changed(each -> each.remove(i), position);
      case DOUBLED -> changed(each -> each.add(i, lines.get(i)), position + 1);
      case SWAPPED -> {
        int j = random.nextInt(rows.size() - 1);
        int other = j >= i ? j + 1 : j;
        yield changed(
            each -> {
              each.set(i, lines.get(other));
              each.set(other, lines.get(i));
            },
            rows.get(Math.min(i, other)).position());
      }
      case MOVED_TO_ANOTHER_VENUE ->
          random.nextBoolean()
              ? again(runs.get(random.nextInt(runs.size())), random, this::shiftTransfer)
              : again(slips.get(random.nextInt(slips.size())), random, this::otherVenue);
      case MOVED_TO_ANOTHER_FUNDER ->
          again(splitSlips.get(random.nextInt(splitSlips.size())), random, Tampering::shiftShare);
      case MOVED_TO_ANOTHER_ACCOUNT ->
          again(runs.get(random.nextInt(runs.size())), random, Tampering::swapAccounts);
      case RECEIPT ->
          again(receipts.get(random.nextInt(receipts.size())), random, Tampering::otherAmount);
      case ANOTHER_DEPARTEMENT ->
          again(
              slips.get(random.nextInt(slips.size())), random, SlipTampering::inAnotherDepartement);
      case ANOTHER_DAY ->
          again(slips.get(random.nextInt(slips.size())), random, SlipTampering::onALaterDay);
      case FURTHER_FIELD -> again(i, random, Tampering::withAFurtherField);
      case STATEMENT -> {
        Changed changed =
            again(statements.get(random.nextInt(statements.size())), random, statement::change);
        yield new Changed(
            changed.export(),
            new Verification.Kept(Map.of(), null, List.of(), true),
            changed.knownAt());
      }
      case UNPUBLISHED -> changed(each -> each.set(i, unpublished(lines.get(i))), position);
      case TRUNCATED -> truncated(i, random);
      case WRITTEN_AGAIN -> writtenAgain(i, random);
      case WHOLLY_WRITTEN_AGAIN -> writtenAgain(0, random);
    };
  }

  private interface Edit {
    void edit(List<String> lines);
  }

  private Changed changed(Edit edit, long knownAt) {
    List<String> edited = new ArrayList<>(lines);
    edit.edit(edited);
    return new Changed(export(edited, trailer), Verification.Kept.NOTHING, knownAt);
  }

  private byte[] export(List<String> edited, String last) {
    StringBuilder text = new StringBuilder(header).append('\n');
    edited.forEach(line -> text.append(line).append('\n'));
    return text.append(last).append('\n').toString().getBytes(UTF_8);
  }

  private static String otherByte(String line, Random random) {
    int at = random.nextInt(line.length());
    char was = line.charAt(at);
    char other;
    do {
      other = (char) (' ' + random.nextInt(95));
    } while (other == was);
    return line.substring(0, at) + other + line.substring(at + 1);
  }

  private static String unpublished(String line) {
    return ((ObjectNode) JSON.readTree(line)).without(List.of("published")).toString();
  }

  private Changed truncated(int from, Random random) {
    List<String> kept = lines.subList(0, from);
    long first = rows.get(from).position();
    if (random.nextBoolean()) {
      StringBuilder text = new StringBuilder(header).append('\n');
      kept.forEach(line -> text.append(line).append('\n'));
      return new Changed(text.toString().getBytes(UTF_8), Verification.Kept.NOTHING, first);
    }
    String hash = from == 0 ? Chain.BEFORE_THE_FIRST : rows.get(from - 1).hash();
    ExportedRow head = rows.getLast();
    return new Changed(
        export(kept, end(from, hash)),
        new Verification.Kept(Map.of(head.position(), head.hash()), null, List.of()),
        first);
  }

  /** A last line that tells no balances: they would give it away. */
  private static String end(int facts, String hash) {
    ObjectNode end = JSON.createObjectNode();
    end.put("end", true).put("facts", facts).put("lastPosition", facts).put("headHash", hash);
    return end.put("balancesLeftOut", "none are published").toString();
  }

  private interface Change {
    String of(String payload, Random random);
  }

  /** Changes one fact and makes the chain good again. */
  private Changed again(int i, Random random, Change change) {
    ExportedRow row = rows.get(i);
    String payload = change.of(row.payload(), random);
    List<String> tags = row.tags();
    if (row.type().equals("SlipJudged")) {
      JsonNode fact = LineReader.fact(payload);
      tags =
          List.of(
              "slip:" + fact.path("venue").asString() + "/" + fact.path("reference").asString());
    }
    ExportedRow other =
        new ExportedRow(
            row.position(),
            row.eventId(),
            row.recordedAt(),
            row.type(),
            row.version(),
            tags,
            payload,
            row.metadata(),
            row.hash(),
            null);
    return rehashed(i, other, Map.of(), row.position());
  }

  private Changed rehashed(int i, ExportedRow other, Map<Long, String> kept, long knownAt) {
    List<String> edited = new ArrayList<>(rows.size());
    String before = Chain.BEFORE_THE_FIRST;
    for (int r = 0; r < rows.size(); r++) {
      ExportedRow row = r == i ? other : rows.get(r);
      before = r < i ? row.hash() : Chain.hash(before, row);
      edited.add(line(row, before));
    }
    ObjectNode first = (ObjectNode) JSON.readTree(header);
    if (i == 0) {
      first.put("ledger", LineReader.fact(edited.getFirst()).path("hash").asString());
    }
    StringBuilder text = new StringBuilder(first.toString()).append('\n');
    edited.forEach(line -> text.append(line).append('\n'));
    text.append(end(rows.size(), before)).append('\n');
    return new Changed(
        text.toString().getBytes(UTF_8), new Verification.Kept(kept, null, List.of()), knownAt);
  }

  private static String line(ExportedRow row, String hash) {
    ObjectNode line = JSON.createObjectNode();
    line.put("position", row.position())
        .put("eventId", row.eventId().toString())
        .put("recordedAt", row.recordedAt().toString())
        .put("type", row.type())
        .put("version", row.version());
    ArrayNode tags = line.putArray("tags");
    row.tags().forEach(tags::add);
    return line.put("payload", row.payload())
        .put("metadata", row.metadata())
        .put("hash", hash)
        .toString();
  }

  private Changed writtenAgain(int i, Random random) {
    ExportedRow row = rows.get(i);
    String actor = "account-" + random.nextInt(1_000_000);
    ExportedRow other =
        new ExportedRow(
            row.position(),
            row.eventId(),
            row.recordedAt(),
            row.type(),
            row.version(),
            row.tags(),
            row.payload(),
            "{\"actor\":\"%s\",\"role\":\"CLERK\"}".formatted(actor),
            row.hash(),
            null);
    Map<Long, String> kept = new HashMap<>();
    boolean often = random.nextBoolean();
    for (ExportedRow each : rows) {
      if (each == rows.getLast() || often && each.position() % KEPT_EVERY == 0) {
        kept.put(each.position(), each.hash());
      }
    }
    long knownAt =
        kept.keySet().stream().filter(k -> k >= row.position()).min(Long::compare).orElseThrow();
    return rehashed(i, other, kept, knownAt);
  }

  /** From one transfer's venue to another's, as a careful forger does: every total is made good. */
  private String shiftTransfer(String payload, Random random) {
    ObjectNode fact = (ObjectNode) JSON.readTree(payload);
    JsonNode transfers = fact.path("transfers");
    int from = random.nextInt(transfers.size());
    int to = (from + 1 + random.nextInt(transfers.size() - 1)) % transfers.size();
    long most = transfers.get(from).path("parts").get(0).path("spent").path("cents").asLong();
    long slip = transfers.get(from).path("slips").get(0).path("cents").asLong();
    long cents = 1 + random.nextLong(Math.min(most, slip));
    add((ObjectNode) transfers.get(from), -cents);
    add((ObjectNode) transfers.get(to), cents);
    return fact.toString();
  }

  private static void add(ObjectNode transfer, long cents) {
    transfer.put("amountCents", transfer.path("amountCents").asLong() + cents);
    ObjectNode slip = (ObjectNode) transfer.path("slips").get(0);
    slip.put("cents", slip.path("cents").asLong() + cents);
    ObjectNode spent = (ObjectNode) transfer.path("parts").get(0).path("spent");
    spent.put("cents", spent.path("cents").asLong() + cents);
  }

  private static String swapAccounts(String payload, Random random) {
    ObjectNode fact = (ObjectNode) JSON.readTree(payload);
    JsonNode transfers = fact.path("transfers");
    int one = random.nextInt(transfers.size());
    int two = (one + 1 + random.nextInt(transfers.size() - 1)) % transfers.size();
    String account = transfers.get(one).path("account").asString();
    ((ObjectNode) transfers.get(one)).put("account", transfers.get(two).path("account").asString());
    ((ObjectNode) transfers.get(two)).put("account", account);
    return fact.toString();
  }

  private static String withAFurtherField(String payload, Random random) {
    ObjectNode fact = (ObjectNode) JSON.readTree(payload);
    return fact.put("field" + random.nextInt(1_000), random.nextInt()).toString();
  }

  /** More or less, and above zero as a receipt is. */
  private static String otherAmount(String payload, Random random) {
    ObjectNode fact = (ObjectNode) JSON.readTree(payload);
    long was = fact.path("amountCents").asLong();
    long other = 1 + random.nextLong(2 * was);
    return fact.put("amountCents", other == was ? was + 1 : other).toString();
  }

  private String otherVenue(String payload, Random random) {
    ObjectNode fact = (ObjectNode) JSON.readTree(payload);
    Set<String> others = new HashSet<>(venues);
    others.remove(fact.path("venue").asString());
    List<String> ordered = others.stream().sorted().toList();
    return fact.put("venue", ordered.get(random.nextInt(ordered.size()))).toString();
  }

  private static String shiftShare(String payload, Random random) {
    ObjectNode fact = (ObjectNode) JSON.readTree(payload);
    JsonNode owed = fact.path("owed");
    int from = random.nextInt(owed.size());
    int to = (from + 1 + random.nextInt(owed.size() - 1)) % owed.size();
    long cents = 1 + random.nextLong(owed.get(from).path("cents").asLong());
    ((ObjectNode) owed.get(from)).put("cents", owed.get(from).path("cents").asLong() - cents);
    ((ObjectNode) owed.get(to)).put("cents", owed.get(to).path("cents").asLong() + cents);
    return fact.toString();
  }
}
