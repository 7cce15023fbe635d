package fr.passnumerique.projections.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads an export once, line by line, and gathers what does not hold. Holds balances, a few bytes
 * per cheque, an identifier per row and a line per slip and transfer; never the export.
 */
final class Verification {
  private static final Set<Check> OF_ROWS =
      EnumSet.of(
          Check.FORMAT,
          Check.TYPE,
          Check.POSITIONS,
          Check.CHAIN,
          Check.TIME,
          Check.ONCE,
          Check.COMPLETE,
          Check.BALANCE);

  private final Findings findings = new Findings();
  private final Chart chart = new Chart();
  private final PostingTable table;
  private final Rules rules = new Rules(findings);
  private final Books books = new Books(chart, findings);
  private final EnumSet<Check> checked = EnumSet.copyOf(OF_ROWS);

  private final TreeMap<Long, String> keptHashes;
  private final @Nullable String keptHead;
  private final List<ShownBalances> shown;
  private final boolean proven;

  private ExportedLine.Header header = new ExportedLine.Header("", true, "", 1, "");
  private long next;
  private long lastSeen;
  private @Nullable String hash;
  private @Nullable Instant recordedAt;
  private boolean ended;
  private boolean stopped;
  private boolean otherLineEnds;
  private long hidden;
  private final Map<String, Long> facts = new HashMap<>();
  private final List<String> setAside = new ArrayList<>();

  /**
   * What was kept outside the operator's reach.
   *
   * @param hashes by position
   * @param head the last row's hash; null if it is not known
   * @param shown answers that were shown
   * @param proven the bank is known to have confirmed all cash: where it has not, it is a fault
   */
  record Kept(
      Map<Long, String> hashes, @Nullable String head, List<ShownBalances> shown, boolean proven) {
    static final Kept NOTHING = new Kept(Map.of(), null, List.of(), false);

    Kept(Map<Long, String> hashes, @Nullable String head, List<ShownBalances> shown) {
      this(hashes, head, shown, false);
    }
  }

  Verification(Kept kept) {
    table = new PostingTable(chart);
    keptHashes = new TreeMap<>(kept.hashes());
    keptHead = kept.head();
    shown = kept.shown();
    proven = kept.proven();
  }

  Verification read(InputStream export) throws IOException {
    Lines lines = new Lines(export);
    try {
      String first = lines.next();
      begin(first == null ? "" : first);
      lineEnd(lines, first);
      String line = stopped ? null : lines.next();
      while (line != null && !stopped) {
        line(line);
        lineEnd(lines, line);
        line = lines.next();
      }
    } catch (CharacterCodingException _) {
      findings.add(next, Check.FORMAT, "the line is no UTF-8", "fetch the export again");
      stopped = true;
    }
    finish();
    return this;
  }

  /** Said once: whoever changed the ends of lines has changed them all. */
  private void lineEnd(Lines lines, @Nullable String line) {
    boolean byLineFeed = lines.ended() && (line == null || !line.endsWith("\r"));
    if (!byLineFeed && !otherLineEnds) {
      otherLineEnds = true;
      findings.add(
          lastSeen,
          Check.FORMAT,
          "the line is not ended by a line feed alone",
          "fetch the export again, as it is and not as a text");
    }
  }

  private void begin(String line) {
    try {
      header = LineReader.header(line);
    } catch (LineReader.Unreadable e) {
      findings.add(
          0,
          Check.FORMAT,
          "the first line cannot be read: " + e.getMessage(),
          "hand over a file that export-ledger or exportLedger wrote");
      stopped = true;
      return;
    }
    next = header.firstPosition();
    lastSeen = next - 1;
    hash = header.hashBefore();
    if (next == 1 && !header.hashBefore().equals(Chain.BEFORE_THE_FIRST)) {
      findings.add(
          1, Check.CHAIN, "hashBefore of position 1 must be zeros", "fetch the export again");
    }
    checked.addAll(rules.begin(header));
    if (keptHead != null || !keptHashes.isEmpty()) {
      checked.add(Check.HEAD);
    }
    compareShown(0);
    requireAnswerable();
  }

  /** What was kept and this export cannot tell is not passed over: it would seem to hold. */
  private void requireAnswerable() {
    long before = header.firstPosition() - 1;
    keptHashes
        .headMap(before, false)
        .keySet()
        .forEach(
            position ->
                findings.add(
                    before + 1,
                    Check.HEAD,
                    "the export begins at position %d, a hash was kept of position %d"
                        .formatted(before + 1, position),
                    "export from there"));
    String kept = keptHashes.get(before);
    if (kept != null && !kept.equals(header.hashBefore())) {
      findings.add(
          before,
          Check.HEAD,
          "hashBefore is %s, kept was %s".formatted(header.hashBefore(), kept),
          "the history up to here was written again: ask for the rows behind the kept hash");
    }
    if (!shown.isEmpty() && !(header.whole() && header.firstPosition() == 1)) {
      checked.add(Check.PUBLISHED);
      findings.add(
          header.firstPosition(),
          Check.PUBLISHED,
          "balances that were shown are told by all rows, and the export is a range or a share",
          "export the whole ledger from position 1");
    }
  }

  private void line(String line) {
    if (ended) {
      findings.add(
          lastSeen + 1, Check.FORMAT, "lines follow the last one", "fetch the export again");
      stopped = true;
      return;
    }
    ExportedLine read;
    try {
      read = LineReader.line(line);
    } catch (LineReader.Unreadable e) {
      findings.add(
          next,
          Check.FORMAT,
          "the line cannot be read: " + e.getMessage(),
          "fetch the export again");
      // What comes next builds on a hash that is not known.
      hash = null;
      rules.lost(next);
      lastSeen = next;
      next++;
      return;
    }
    switch (read) {
      case ExportedRow row -> row(row);
      case ExportedLine.Hidden row -> hidden(row);
      case ExportedLine.End end -> end(end);
    }
  }

  /** Whether the row is to be looked into. */
  private boolean place(long position, String told) {
    if (position != next) {
      boolean seen = position < next;
      findings.add(
          next,
          Check.POSITIONS,
          "position %d stands here, after %d".formatted(position, lastSeen),
          seen ? "take away what stands there twice" : "ask for the rows that are missing");
      hash = null;
      rules.lost(next);
      if (seen) {
        return false;
      }
    }
    lastSeen = position;
    next = position + 1;
    if (position == 1 && !header.ledger().isEmpty() && !header.ledger().equals(told)) {
      findings.add(
          1,
          Check.CHAIN,
          "the first row's hash is not the ledger's identifier in the header",
          "the rows or the header are of another ledger");
    }
    String kept = keptHashes.get(position);
    if (kept != null && !kept.equals(told)) {
      findings.add(
          position,
          Check.HEAD,
          "its hash is %s, kept was %s".formatted(told, kept),
          keptHashes.floorKey(position - 1) == null
              ? "the history up to here was written again: ask for the rows behind the kept hash"
              : "the history was written again after position %d, whose kept hash holds"
                  .formatted(keptHashes.floorKey(position - 1)));
    }
    return true;
  }

  private void row(ExportedRow row) {
    if (!place(row.position(), row.hash())) {
      return;
    }
    String before = hash;
    if (before != null) {
      String computed = Chain.hash(before, row);
      if (!computed.equals(row.hash())) {
        rules.lost(row.position());
        findings.add(
            row.position(),
            Check.CHAIN,
            "its columns and the hash before give %s, there stands %s"
                .formatted(computed, row.hash()),
            "the row was changed, or the one before: fetch them from another copy");
      }
    }
    hash = row.hash();
    Instant earlier = recordedAt;
    if (earlier != null && !row.recordedAt().isAfter(earlier)) {
      findings.add(
          row.position(),
          Check.TIME,
          "recorded at %s, the one before at %s".formatted(row.recordedAt(), earlier),
          "ask the operator how the ledger was written");
    }
    recordedAt = row.recordedAt();
    if (!table.knows(row.type(), row.version())) {
      rules.lost(row.position());
      findings.add(
          row.position(),
          Check.TYPE,
          "fact type %s version %d is unknown".formatted(row.type(), row.version()),
          "use the verify-ledger of the release that wrote it: nothing after it was checked");
      stopped = true;
      return;
    }
    facts.merge(row.type(), 1L, Long::sum);
    Set<Account> moved = Set.of();
    try {
      moved = look(row, LineReader.fact(row.payload()));
    } catch (RuntimeException e) {
      // Whatever a forged fact makes of it: the others are looked at all the same.
      findings.add(
          row.position(),
          Check.BALANCE,
          "%s cannot be followed: %s".formatted(row.type(), told(e)),
          "the fact was changed, or one that it stands on is missing");
    }
    after(row.position(), moved, row.published());
  }

  private static String told(RuntimeException e) {
    return e instanceof LineReader.Unreadable || e instanceof IllegalArgumentException
        ? String.valueOf(e.getMessage())
        : e.toString();
  }

  private Set<Account> look(ExportedRow row, JsonNode fact) {
    rules.form(row, fact);
    rules.total(row, fact);
    List<Entry> entries = table.entries(row.type(), row.version(), fact);
    books.balance(row.position(), entries);
    Set<Account> moved = post(row.position(), entries);
    rules.check(row, fact, entries);
    if (row.type().equals("FactSetAside") || row.type().equals("SettingAsideLifted")) {
      setAside.add(
          (row.type().equals("FactSetAside")
                  ? "%s passes over position %d (%s, by %s and %s, at position %d)"
                  : "%s takes position %d again once it is rebuilt (%s, by %s and %s, at position"
                      + " %d)")
              .formatted(
                  fact.path("projection").asString(""),
                  fact.path("position").asLong(0),
                  fact.path("reason").asString(""),
                  fact.path("proposedBy").asString(""),
                  fact.path("by").asString(""),
                  row.position()));
    }
    return moved;
  }

  private Set<Account> post(long position, List<Entry> entries) {
    if (header.firstPosition() != 1) {
      return Set.of();
    }
    return books.post(
        position,
        header.whole()
            ? entries
            : entries.stream().filter(e -> e.account().funder().equals(header.funder())).toList());
  }

  private void hidden(ExportedLine.Hidden row) {
    hidden++;
    if (header.whole()) {
      findings.add(
          row.position(),
          Check.FORMAT,
          "a row is left out of an export that says it is whole",
          "ask for the row");
    }
    if (!place(row.position(), row.hash())) {
      return;
    }
    // Whether it follows from the row before only the whole ledger tells.
    hash = row.hash();
    recordedAt = null;
    Set<Account> moved = post(row.position(), row.entries());
    after(row.position(), moved, row.published());
  }

  private void after(long position, Set<Account> moved, @Nullable List<Entry> published) {
    if (books.told(position, published != null)) {
      checked.add(Check.PUBLISHED);
    }
    if (published != null && header.firstPosition() == 1) {
      checked.add(Check.PUBLISHED);
      books.compareMoved(position, moved, published);
    }
    compareShown(position);
  }

  private void compareShown(long position) {
    for (ShownBalances one : shown) {
      if (one.position() == position && header.firstPosition() == 1 && header.whole()) {
        checked.add(Check.PUBLISHED);
        one.compare(books, findings);
      }
    }
  }

  private void end(ExportedLine.End end) {
    ended = true;
    if (end.lastPosition() != lastSeen || end.facts() != lastSeen - header.firstPosition() + 1) {
      rules.lost(lastSeen + 1);
      findings.add(
          lastSeen + 1,
          Check.COMPLETE,
          "the last line tells of %d facts up to position %d, here are those up to %d"
              .formatted(end.facts(), end.lastPosition(), lastSeen),
          "ask for the rows that are missing");
      return;
    }
    String last = hash;
    if (last != null && !end.headHash().equals(last)) {
      findings.add(
          lastSeen,
          Check.COMPLETE,
          "the last line tells the hash %s, the last row has %s".formatted(end.headHash(), last),
          "fetch the export again");
    }
    List<Entry> balances = end.balances();
    if (balances != null && header.firstPosition() == 1) {
      checked.add(Check.PUBLISHED);
      books.compareAll(lastSeen, balances);
    }
  }

  private void finish() {
    Long beyond = keptHashes.higherKey(lastSeen);
    if (!ended || beyond != null || shown.stream().anyMatch(one -> one.position() > lastSeen)) {
      rules.lost(lastSeen + 1);
    }
    rules.end();
    if (proven) {
      checked.add(Check.PROVEN);
      Stream.concat(unproven().stream(), unseen().stream())
          .forEach(
              one ->
                  findings.add(
                      one.position(),
                      Check.PROVEN,
                      one.sentence(),
                      "ask the operator for the bank's statement"));
    }
    if (stopped) {
      return;
    }
    if (!ended) {
      findings.add(
          lastSeen + 1,
          Check.COMPLETE,
          "the export ends after position %d without its last line".formatted(lastSeen),
          "it was cut off: fetch it again");
    }
    String head = keptHead;
    if (head != null && !head.equals(hash)) {
      findings.add(
          lastSeen,
          Check.HEAD,
          "the last hash is %s, kept was %s".formatted(hash, head),
          "the history was written again or cut somewhere up to here; hashes kept of earlier"
              + " positions narrow it down");
    }
    if (beyond != null) {
      findings.add(
          lastSeen + 1,
          Check.HEAD,
          "the export ends at position %d, a hash was kept of position %d"
              .formatted(lastSeen, beyond),
          "ask for the rows that are missing");
    }
    for (ShownBalances one : shown) {
      if (one.position() > lastSeen) {
        findings.add(
            lastSeen + 1,
            Check.COMPLETE,
            "balances were shown at position %d, the export ends at %d"
                .formatted(one.position(), lastSeen),
            "export up to there");
      }
    }
  }

  Findings findings() {
    return findings;
  }

  /** What could be checked of this export. */
  Set<Check> checked() {
    return checked;
  }

  /** What could be checked of the rows that are here, and rests on others too. */
  Set<Check> partly() {
    return rules.partly();
  }

  ExportedLine.Header header() {
    return header;
  }

  long lastPosition() {
    return lastSeen;
  }

  long hiddenRows() {
    return hidden;
  }

  /** Of a share: those that name cheques of which no shown row tells the split. */
  long unfollowedRows() {
    return rules.unfollowedRows();
  }

  @Nullable String headHash() {
    return hash;
  }

  Map<String, Long> facts() {
    return facts;
  }

  /** What two people let a projection pass over: there its balances may differ. */
  List<String> setAside() {
    return setAside;
  }

  /** Where cover is unproven, as an honest ledger may say. */
  List<Statements.Unproven> unproven() {
    return Stream.concat(rules.statements().unproven().stream(), byHand(true)).toList();
  }

  /** Cash by the word of clerks alone that cover does not lean on. */
  List<Statements.Unproven> unseen() {
    return byHand(false).toList();
  }

  private Stream<Statements.Unproven> byHand(boolean leans) {
    return rules.unseen(books).stream()
        .filter(one -> one.leans() == leans)
        .map(one -> new Statements.Unproven(one.position(), one.sentence()));
  }

  /** Whether the ledger has what each statement tells; not so without any. */
  boolean hasEachStatement() {
    return statements() > 0 && rules.statements().unproven().isEmpty();
  }

  /** Closing balances that were compared. */
  long statements() {
    return rules.statements().count();
  }

  Books books() {
    return books;
  }
}
