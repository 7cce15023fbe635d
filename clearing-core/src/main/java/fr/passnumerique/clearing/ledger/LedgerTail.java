package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.snapshot.SnapshotFile.Stand;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The end of the ledger as this node holds it: what is recorded, here or by another node, is folded
 * into the registers in the order of its positions, and what it changed is remembered for a while,
 * so that conditions can be tested without asking the database.
 *
 * <p>Used by the appender's thread only: else a condition would be tested against an end that
 * moves. {@link #fold} alone is done by the one of {@link AfterCommits} too, never by both at once.
 */
final class LedgerTail {
  /** Rows that are read at once: whoever finds so many is far behind. */
  static final int READ_AHEAD = 2_000;

  private static final int RECENT_FACTS = 8_192;

  private final WriterConnection connection;
  private final EventCoding coding;
  private final Registers registers;
  private final Head head;
  private final RecordedAhead ahead;
  private final Optional<RegisterSnapshots> snapshots;
  private final ChainHash chain = new ChainHash();
  private RecentFacts recent = new RecentFacts(RECENT_FACTS, 0);
  private boolean begun;
  private Stand end;
  private volatile boolean caughtUp;

  LedgerTail(
      WriterConnection connection,
      EventCoding coding,
      Registers registers,
      Head head,
      RecordedAhead ahead,
      Optional<RegisterSnapshots> snapshots) {
    this.connection = connection;
    this.coding = coding;
    this.registers = registers;
    this.head = head;
    this.ahead = ahead;
    this.snapshots = snapshots;
    end = registers.stand();
  }

  /** The last fact that is recorded; what is written next builds on it. */
  Stand stand() {
    return end;
  }

  /**
   * Whether it held all that was recorded, or nearly, when it last looked; asked by any thread. No
   * longer once it found itself far behind, or the ledger did not answer.
   */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /**
   * Facts are recorded: what is decided without them is tested against them from now on. They are
   * {@link #fold folded} next.
   */
  void recorded(LedgerRow last, List<RecentFacts.Change> changes) {
    changes.forEach(recent::add);
    end = new Stand(last.position(), last.hash(), last.recordedAt());
  }

  /** Registers first, then the head: whoever sees the head sees what led to it. */
  void fold(LedgerRow last, List<RecordedFact> facts) {
    registers.fold(facts, last.hash());
    ahead.moved(last.recordedAt());
    head.moveOver(facts);
  }

  /**
   * Reads and folds what others committed beyond the end. Only while nothing waits to be folded.
   *
   * @param folded is told each row
   */
  void catchUp(Consumer<LedgerRow> folded) throws SQLException {
    try {
      begin();
      verify();
      List<LedgerRow> rows = next();
      while (!rows.isEmpty()) {
        follow(rows);
        rows.forEach(folded);
        rows = next();
      }
      caughtUp = true;
    } catch (SQLException e) {
      caughtUp = false;
      throw e;
    }
  }

  private List<LedgerRow> next() throws SQLException {
    List<LedgerRow> rows = EventTable.after(connection.open(), stand().position(), READ_AHEAD);
    if (rows.size() == READ_AHEAD) {
      caughtUp = false;
    }
    return rows;
  }

  private void follow(List<LedgerRow> rows) {
    List<RecordedFact> facts = new ArrayList<>(rows.size());
    List<RecentFacts.Change> changes = new ArrayList<>(rows.size());
    byte[] previous = stand().hash();
    long position = stand().position();
    for (LedgerRow row : rows) {
      position++;
      if (row.position() != position || !Arrays.equals(row.hash(), chain.of(previous, row))) {
        throw new LedgerStoppedException(
            position,
            "the chain is broken at position %d".formatted(position),
            "verify the ledger (verify-ledger) and restore it from a backup that verifies",
            null);
      }
      previous = row.hash();
      Fact fact = legible(row);
      facts.add(new RecordedFact(row.position(), row.recordedAt(), fact));
      changes.add(Conditions.change(row, fact, coding));
    }
    recorded(rows.getLast(), changes);
    fold(rows.getLast(), facts);
  }

  /**
   * Once, before anything is folded: goes on from the node's snapshot, if it has one of this
   * ledger. The window of recent facts begins there too, empty: what is older counts as a conflict,
   * or is asked of the database.
   */
  private void begin() throws SQLException {
    if (begun) {
      return;
    }
    if (snapshots.isPresent()) {
      Connection open = connection.open();
      snapshots.get().read(position -> EventTable.hashAt(open, position)).ifPresent(this::takeUp);
    }
    begun = true;
  }

  private void takeUp(RegisterSnapshots.Read snapshot) {
    registers.takeUp(snapshot);
    end = registers.stand();
    recent = new RecentFacts(RECENT_FACTS, stand().position());
    ahead.moved(stand().recordedAt());
    head.beginAt(stand().position());
  }

  /** A ledger whose row at our end is another one is not the ledger that our registers are of. */
  private void verify() throws SQLException {
    Stand stand = stand();
    if (stand.position() == 0) {
      return;
    }
    byte[] hash = EventTable.hashAt(connection.open(), stand.position()).orElse(null);
    if (!Arrays.equals(hash, stand.hash())) {
      throw changed(
          "position %d is %s; the ledger was moved back or changed"
              .formatted(stand.position(), hash == null ? "gone" : "another fact"));
    }
  }

  LedgerStoppedException changed(String reason) {
    return new LedgerStoppedException(
        stand().position(), reason, "find out why, then restart this node", null);
  }

  private Fact legible(LedgerRow row) {
    try {
      return coding.fact(row);
    } catch (RuntimeException e) {
      throw new LedgerStoppedException(
          row.position(),
          "the fact at position %d (%s, version %d) cannot be read: %s"
              .formatted(row.position(), row.type(), row.version(), e.getMessage()),
          "run a release that knows it",
          e);
    }
  }

  /** Whether something that a decision looked at was changed since. */
  boolean conflicts(Append.Condition condition) throws SQLException {
    return (condition.after() < recent.floor() && older(condition))
        || recent.anyAfter(condition.after(), condition::conflictsWith);
  }

  /**
   * A condition from before the window. On cheques it counts as a conflict: to decide again costs
   * microseconds, to search the ledger for a cheque does not. On tags the database is asked.
   */
  private boolean older(Append.Condition condition) throws SQLException {
    return condition.cheques().length > 0
        || Conditions.anyMatches(
            connection.open(), condition.coarse(), condition.after() + 1, recent.floor(), coding);
  }
}
