package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.snapshot.SnapshotFile.Stand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes the ledger of this node.
 *
 * <p>It takes the waiting appends as a group, tests each condition against what was committed since
 * its decision and against those ahead of it in the group, gives positions, chains the hashes and
 * inserts the group with one statement and one commit. Only when the database has said yes are the
 * registers folded, the head published and the futures completed: of several appends by {@link
 * AfterCommits}, while the next group is written.
 *
 * <p>Several nodes: at most one is elected to write. The fence and the guard of {@link EventTable}
 * hold even when two believe they are. After an error the outcome of a commit is unknown: the
 * appender reconnects, reads what was committed beyond its head and looks for its own event ids
 * before it retries anything.
 *
 * <p>A ledger that is not the one it was writing (moved back by a restore, or changed) stops it for
 * good: the node must be restarted by someone who knows why.
 */
final class Appender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final int LARGEST_GROUP = 128;
  private static final int QUEUE = 10_000;

  /** What the node may do. */
  enum State {
    /** Reads along with the elected writer and keeps its registers warm. */
    STANDBY,
    WRITING,
    /** Stopped for good: see {@link #stopped()}. */
    STOPPED
  }

  private final WriterConnection connection;
  private final Registers registers;
  private final LedgerTail tail;
  private final Duration idlePoll;
  private final AppendFaults faults;
  private final DatabaseRefusals refusals = new DatabaseRefusals();
  private final BlockingQueue<Append> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AfterCommits after =
      new AfterCommits(append -> append.done().completeExceptionally(unheard()));
  private final ExecutorService completions = Executors.newVirtualThreadPerTaskExecutor();
  private final ChainHash chain = new ChainHash();
  private final Thread thread = Thread.ofPlatform().name("ledger-appender").unstarted(this::run);
  private final Counter factsAppended;
  private final Counter conflicts;
  private final Counter retries;
  private final DistributionSummary groupSize;
  private final Timer commitTime;

  private volatile State state = State.STANDBY;
  private volatile boolean elected;
  private volatile boolean closing;
  private volatile @Nullable LedgerStoppedException stopped;

  // The appender thread's own.
  private int turnsWithoutProgress;

  /** Whether what is in hand may be recorded though nobody was told so. */
  private boolean maybeRecorded;

  /**
   * @param idlePoll how often an idle node looks for facts of others
   */
  Appender(
      DataSource dataSource,
      WriterSession session,
      EventCoding coding,
      Registers registers,
      Head head,
      RecordedAhead ahead,
      Duration idlePoll,
      AppendFaults faults,
      Optional<RegisterSnapshots> snapshots,
      MeterRegistry meters) {
    connection = new WriterConnection(dataSource, session);
    this.registers = registers;
    tail = new LedgerTail(connection, coding, registers, head, ahead, snapshots);
    this.idlePoll = idlePoll;
    this.faults = faults;
    this.factsAppended = Counter.builder("ledger.facts.appended").register(meters);
    this.conflicts = Counter.builder("ledger.append.conflicts").register(meters);
    this.retries = Counter.builder("ledger.append.unknown.outcomes").register(meters);
    this.groupSize = DistributionSummary.builder("ledger.append.group.size").register(meters);
    this.commitTime =
        Timer.builder("ledger.append.commit").publishPercentileHistogram().register(meters);
    Gauge.builder("ledger.append.queue.size", queue, BlockingQueue::size).register(meters);
    Gauge.builder("ledger.append.groups.waiting", after, AfterCommits::waiting)
        .description("Groups that are recorded and not yet folded into the registers")
        .register(meters);
    Gauge.builder("ledger.writing", this, a -> a.state == State.WRITING ? 1 : 0).register(meters);
  }

  void start() {
    after.start();
    thread.start();
  }

  State state() {
    return state;
  }

  /**
   * Whether it serves no commands, and its registers hold what the elected writer recorded, so that
   * it would serve at once if it were elected. No longer once it is, also while its thread waits
   * for the registers.
   */
  boolean standsBy() {
    return tail.isCaughtUp() && !elected && state == State.STANDBY;
  }

  /** Whether commands wait for its registers, or will as soon as its thread has followed. */
  boolean serves() {
    return elected || state == State.WRITING;
  }

  /** Where and why it stopped for good; empty unless {@link State#STOPPED}. */
  Optional<LedgerStoppedException> stopped() {
    return Optional.ofNullable(stopped);
  }

  /** Why the database, which answers, records nothing now; empty while it does. */
  String notRecording() {
    return refusals.told();
  }

  private String whyLate() {
    String why = notRecording();
    return why.isEmpty() ? "the ledger did not answer in time" : why;
  }

  /** Told by the election: from now on this node may, or may no longer, write. */
  void elected(boolean mayWrite) {
    elected = mayWrite;
  }

  /** Queues an append; its future tells the end. Never blocks. */
  void submit(Append append) {
    if (closing || state != State.WRITING) {
      append.done().completeExceptionally(notWriting());
    } else if (!queue.offer(append)) {
      append
          .done()
          .completeExceptionally(
              new LedgerUnavailableException(
                  "%d commands are waiting already; send again in a second".formatted(QUEUE)));
    }
    if (closing || state == State.STOPPED) {
      refuseWaiting();
    }
  }

  private LedgerUnavailableException notWriting() {
    LedgerStoppedException forGood = stopped;
    return forGood == null
        ? new LedgerUnavailableException(
            "this node is not the elected writer; send again, or to another node")
        : forGood.again();
  }

  /** Not that it is stopped: whoever is told so takes it that nothing was recorded. */
  private LedgerUnavailableException unheard() {
    return new LedgerUnavailableException(
        "this node ended before it knew whether it is recorded; send again, or to another node",
        stopped);
  }

  private void run() {
    List<Append> group = new ArrayList<>();
    try {
      while (!closing && state != State.STOPPED) {
        try {
          next(group);
        } catch (SQLException e) {
          if (DatabaseRefusals.ofData(e) && !group.isEmpty()) {
            oneByOne(group);
          } else {
            unknownOutcome(group, e);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      stop(failed(e));
    } finally {
      finishCommits();
      group.forEach(append -> fail(append, maybeRecorded ? unheard() : notWriting()));
      refuseWaiting();
      connection.giveBack();
    }
  }

  /** One turn: follow the ledger when standing by or idle, else write the waiting group. */
  private void next(List<Append> group) throws SQLException, InterruptedException {
    if (!elected) {
      state = State.STANDBY;
      group.forEach(append -> fail(append, notWriting()));
      group.clear();
      refuseWaiting();
      catchUp(group);
      Thread.sleep(idlePoll.toMillis());
      return;
    }
    if (state == State.STANDBY) {
      catchUp(group);
      state = State.WRITING;
      LOG.info("this node writes the ledger from position {}", tail.stand().position() + 1);
    }
    if (group.isEmpty()) {
      Append first = queue.poll(idlePoll.toMillis(), TimeUnit.MILLISECONDS);
      if (first == null) {
        catchUp(group);
        return;
      }
      group.add(first);
    }
    queue.drainTo(group, LARGEST_GROUP - group.size());
    write(group);
  }

  /** A loser is told behind the group: decided again sooner, it would meet the same. */
  private void write(List<Append> group) throws SQLException, InterruptedException {
    List<Append> losers = new ArrayList<>();
    try {
      write(group, losers);
    } finally {
      if (!losers.isEmpty()) {
        after.add(losers, () -> losers.forEach(append -> fail(append, conflict(append))));
      }
    }
  }

  private void write(List<Append> group, List<Append> losers)
      throws SQLException, InterruptedException {
    List<LedgerRow> rows = new ArrayList<>(group.size());
    List<RecentFacts.Change> changes = new ArrayList<>(group.size());
    List<RecordedFact> facts = new ArrayList<>(group.size());
    // Whoever is told no leaves the group at once: after an error in the middle of it the rest is
    // judged again, and nobody may be told one thing and be recorded as another.
    for (Iterator<Append> each = group.iterator(); each.hasNext(); ) {
      Append append = each.next();
      if (System.nanoTime() > append.deadlineNanos()) {
        each.remove();
        fail(append, new LedgerUnavailableException(whyLate()));
      } else if (conflicts(append.condition(), changes)) {
        each.remove();
        conflicts.increment();
        losers.add(append);
      } else {
        append.drafts().forEach(draft -> place(draft, rows, changes, facts));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    long started = System.nanoTime();
    int inserted;
    try {
      faults.beforeStatement();
      after.check();
      maybeRecorded = true;
      inserted = EventTable.insert(connection.open(), rows, tail.stand().hash());
      faults.afterStatement();
    } catch (SQLException e) {
      if (DatabaseRefusals.ofPosition(e)) {
        // The fence: another writer has the position. Fold what it wrote and judge again.
        LOG.info("another node wrote position {} first", tail.stand().position() + 1);
        catchUp(group);
        maybeRecorded = false;
        return;
      }
      throw e;
    }
    if (inserted == 0) {
      long before = tail.stand().position();
      catchUp(group);
      maybeRecorded = false;
      if (tail.stand().position() == before) {
        throw tail.changed(
            "the ledger's last row is not position %d with the hash that this node wrote or read; it was moved back or changed"
                .formatted(tail.stand().position()));
      }
      return;
    }
    refusals.recorded(rows.getFirst().position());
    commitTime.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
    groupSize.record(group.size());
    factsAppended.increment(rows.size());
    tail.recorded(rows.getLast(), changes);
    List<Append> written = List.copyOf(group);
    group.clear();
    maybeRecorded = false;
    turnsWithoutProgress = 0;
    after.add(
        written,
        () -> {
          tail.fold(rows.getLast(), facts);
          complete(written, rows.getFirst().position());
        });
  }

  private static RuntimeException conflict(Append append) {
    return AppendEventsTransactionRejectedException.conflictingEventsDetected(
        append.condition().coarse().consistencyMarker());
  }

  private boolean conflicts(Append.Condition condition, List<RecentFacts.Change> ahead)
      throws SQLException {
    if (condition.after() == Long.MAX_VALUE) {
      return false;
    }
    for (RecentFacts.Change change : ahead) {
      if (condition.conflictsWith(change)) {
        return true;
      }
    }
    return tail.conflicts(condition);
  }

  /** Gives a draft the next position. Only a successful commit makes it the head. */
  private void place(
      Append.Draft draft,
      List<LedgerRow> rows,
      List<RecentFacts.Change> changes,
      List<RecordedFact> facts) {
    Stand stand = tail.stand();
    long position = stand.position() + rows.size() + 1;
    byte[] previous = rows.isEmpty() ? stand.hash() : rows.getLast().hash();
    Instant after =
        (rows.isEmpty() ? stand.recordedAt() : rows.getLast().recordedAt())
            .plus(1, ChronoUnit.MICROS);
    Instant proposed = draft.proposedAt().truncatedTo(ChronoUnit.MICROS);
    Instant recordedAt = proposed.isBefore(after) ? after : proposed;
    EventCoding.Stored stored = draft.stored();
    byte[] hash =
        chain.of(
            previous,
            position,
            draft.eventId(),
            recordedAt,
            stored.type(),
            stored.version(),
            draft.tags(),
            stored.payload(),
            draft.metadata());
    rows.add(
        new LedgerRow(
            position,
            draft.eventId(),
            recordedAt,
            stored.type(),
            stored.version(),
            draft.tags(),
            stored.payload(),
            draft.metadata(),
            hash));
    changes.add(new RecentFacts.Change(position, draft.type(), draft.axonTags(), draft.cheques()));
    facts.add(new RecordedFact(position, recordedAt, draft.fact()));
  }

  /**
   * One alone is told at once: what follows its commit is shorter than the way to another thread.
   * Of several the second would wait for what follows the first.
   */
  private void complete(List<Append> written, long firstPosition) {
    Runnable tell =
        () -> {
          long position = firstPosition - 1;
          for (Append append : written) {
            position += append.drafts().size();
            append.done().complete(position);
          }
        };
    if (written.size() == 1) {
      tell.run();
    } else {
      completions.execute(tell);
    }
  }

  /**
   * Reads and folds what others committed beyond the head, and completes those of the waiting group
   * that turn out to be committed: after an error, or when a retry met its own earlier attempt.
   */
  private void catchUp(List<Append> waiting) throws SQLException, InterruptedException {
    after.await();
    Map<UUID, Append> byLastEvent = new HashMap<>();
    waiting.forEach(append -> byLastEvent.put(append.drafts().getLast().eventId(), append));
    tail.catchUp(
        row -> {
          Append found = byLastEvent.get(row.eventId());
          if (found != null) {
            waiting.remove(found);
            completions.execute(() -> found.done().complete(row.position()));
          }
        });
  }

  /** Finds the one append that the database refuses, so that its neighbours do not wait for it. */
  private void oneByOne(List<Append> group) throws InterruptedException {
    for (Append append : List.copyOf(group)) {
      List<Append> alone = new ArrayList<>(List.of(append));
      try {
        write(alone);
      } catch (SQLException e) {
        if (!DatabaseRefusals.ofData(e)) {
          unknownOutcome(group, e);
          return;
        }
        LOG.error("the database refuses the facts of one command", e);
        alone.clear();
        fail(append, new IllegalStateException("the database refuses this fact", e));
      } finally {
        if (alone.isEmpty()) {
          group.remove(append);
        }
      }
    }
  }

  private void unknownOutcome(List<Append> group, SQLException e) throws InterruptedException {
    // A database that answers and does not write (a full disk, a replica) would be asked without
    // end.
    long pause = Math.min(LONGEST_PAUSE_MILLIS, 10L * turnsWithoutProgress++);
    if (DatabaseRefusals.forNow(e)) {
      // The session is whole, and a full disk lets no other begin.
      refusals.refused(e, group.size());
    } else {
      retries.increment();
      LOG.warn(
          "the ledger did not answer ({}); {} commands wait for its return, it is asked again in {}"
              + " ms",
          e.getMessage(),
          group.size(),
          pause);
      connection.abandon();
    }
    Thread.sleep(pause);
    while (!closing) {
      // Whoever waited too long is told that the outcome is unknown; their retry is answered with
      // what was recorded, if it was.
      group.removeIf(
          append -> {
            boolean late = System.nanoTime() > append.deadlineNanos();
            if (late) {
              fail(append, new LedgerUnavailableException(whyLate(), e));
            }
            return late;
          });
      try {
        catchUp(group);
        if (group.isEmpty()) {
          // Nothing is to be written: that it answers is all that was wanted of it.
          turnsWithoutProgress = 0;
        }
        return;
      } catch (SQLException again) {
        if (DatabaseRefusals.forNow(again)) {
          refusals.refused(again, group.size());
        } else {
          LOG.debug("the ledger still does not answer: {}", again.getMessage());
        }
        connection.abandon();
        Thread.sleep(50);
      }
    }
  }

  private void fail(Append append, RuntimeException why) {
    completions.execute(() -> append.done().completeExceptionally(why));
  }

  /** What is committed is folded and told, also by a node that ends. */
  private void finishCommits() {
    try {
      after.close();
    } catch (RuntimeException | Error e) {
      if (stopped == null) {
        stop(failed(e));
      } else {
        LOG.error("what followed a commit failed too", e);
      }
    }
  }

  private LedgerStoppedException failed(Throwable e) {
    return e instanceof LedgerStoppedException known
        ? known
        : new LedgerStoppedException(
            registers.head() + 1,
            "the appender failed: " + e,
            "find out why from the log of this node, then restart it",
            e);
  }

  private void refuseWaiting() {
    List<Append> waiting = new ArrayList<>();
    queue.drainTo(waiting);
    waiting.forEach(append -> append.done().completeExceptionally(notWriting()));
  }

  private void stop(LedgerStoppedException why) {
    registers.stop(why);
    stopped = why;
    refusals.stopped();
    state = State.STOPPED;
    LOG.error("{}", why.getMessage(), why);
  }

  /** Finishes the group at hand, refuses what waits, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(Duration.ofSeconds(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    completions.close();
  }
}
