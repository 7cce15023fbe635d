package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.RecordedFact;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one projection on a thread of its own.
 *
 * <p>The rows of a batch and the projection's position are one transaction, which begins by locking
 * the position and reading it back: a second runner of the same projection, here or on another
 * node, finds it moved and goes on from there, so nothing is applied twice. Also after a commit of
 * unknown outcome the row says what holds.
 *
 * <p>A batch that cannot be applied is tried again in halves, until the one fact at fault is alone;
 * there the projection stops, with everything before that fact in its tables.
 */
final class ProjectionRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);

  private final Projection projection;
  private final FactSources sources;
  private final LongSupplier ledgerHead;
  private final Supplier<Map<Long, SetAside.Signed>> signedAside;
  private final DataSource dataSource;
  private final Clock clock;
  private final Pace pace;
  private final Thread thread;
  private final Timer batches;
  private final Counter facts;
  private final Counter retries;

  private final Object progress = new Object();
  private volatile boolean closing;

  /** Positions that it passes over; the loop's alone. */
  private Map<Long, SetAside.Signed> setAside = Map.of();

  private volatile @Nullable FactSource source;

  // All written by the loop alone, together under the monitor of progress.
  private ProjectionStatus.State state = ProjectionStatus.State.STARTING;
  private long position;
  private @Nullable Instant oldestUnfolded;
  private long stoppedAt;
  private String reason = "";
  private int retriesInARow;
  private @Nullable Instant retryingSince;

  /**
   * How a runner goes.
   *
   * @param factsPerBatch at most
   * @param gather how long facts may gather, from a batch of several to the next: a commit costs
   *     the same for one fact as for fifty
   * @param idle how long to wait for a fact before looking again
   * @param firstBackOff before the first retry; doubled for each further one
   * @param longestBackOff that it grows to
   */
  record Pace(
      int factsPerBatch,
      Duration gather,
      Duration idle,
      Duration firstBackOff,
      Duration longestBackOff) {
    static final Pace USUAL =
        new Pace(
            1000,
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(100),
            Duration.ofSeconds(5));
  }

  /**
   * @param ledgerHead what lag is measured against, wherever facts are read
   * @param signedAside positions that two people signed to be passed over, as of now
   */
  ProjectionRunner(
      Projection projection,
      FactSources sources,
      LongSupplier ledgerHead,
      Supplier<Map<Long, SetAside.Signed>> signedAside,
      DataSource dataSource,
      Clock clock,
      MeterRegistry meters,
      Pace pace) {
    this.projection = projection;
    this.sources = sources;
    this.ledgerHead = ledgerHead;
    this.signedAside = signedAside;
    this.dataSource = dataSource;
    this.clock = clock;
    this.pace = pace;
    thread = new Thread(this::run, "projection-" + projection.name());
    Tags tags = Tags.of("projection", projection.name());
    Gauge.builder("pass.projection.position", this, r -> r.status().position())
        .description("Position of the last fact in the projection's tables")
        .tags(tags)
        .register(meters);
    Gauge.builder("pass.projection.lag.facts", this, r -> r.status().behind())
        .description("Facts recorded and not yet in the projection's tables")
        .tags(tags)
        .register(meters);
    Gauge.builder("pass.projection.lag", this, r -> r.status().waiting().toNanos() / 1e9)
        .description("How long the oldest fact not yet in the projection's tables is recorded")
        .baseUnit("seconds")
        .tags(tags)
        .register(meters);
    Gauge.builder(
            "pass.projection.stopped",
            this,
            r -> r.status().state() == ProjectionStatus.State.STOPPED ? 1 : 0)
        .description("1 when the projection met a fact that it cannot accept")
        .tags(tags)
        .register(meters);
    Gauge.builder("pass.projection.stopped.position", this, r -> r.status().stoppedAt())
        .description("Position of the fact that the projection cannot accept, 0 if none")
        .tags(tags)
        .register(meters);
    batches =
        Timer.builder("pass.projection.batch")
            .description("From a batch read to its commit")
            .tags(tags)
            .register(meters);
    facts =
        Counter.builder("pass.projection.facts")
            .description("Facts folded and committed")
            .tags(tags)
            .register(meters);
    retries =
        Counter.builder("pass.projection.retries")
            .description("Waits for a database or source that did not answer")
            .tags(tags)
            .register(meters);
  }

  String name() {
    return projection.name();
  }

  void start() {
    thread.start();
  }

  /** Finishes the batch in hand; returns when its thread has ended, or after ten seconds. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long position() {
    synchronized (progress) {
      return position;
    }
  }

  ProjectionStatus status() {
    // Asked before the lock is taken: it may ask the database.
    long head = head();
    synchronized (progress) {
      return new ProjectionStatus(
          projection.name(),
          state,
          position,
          Math.max(0, head - position),
          oldestUnfolded == null
              ? Duration.ZERO
              : positive(Duration.between(oldestUnfolded, clock.instant())),
          stoppedAt,
          reason,
          retriesInARow,
          retryingSince);
    }
  }

  /** The clocks of two nodes may differ by a little. */
  private static Duration positive(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  /** Of the ledger, however far the source knows it; at least what the source knows. */
  private long head() {
    FactSource open = source;
    long head = 0;
    try {
      head = open == null ? 0 : open.head();
      return Math.max(head, ledgerHead.getAsLong());
    } catch (LedgerUnavailableException e) {
      return head;
    }
  }

  /**
   * Waits until the tables hold a position, the projection stops or the time is over.
   *
   * @return whether they hold it
   */
  boolean awaitPosition(long wanted, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (progress) {
      while (position < wanted) {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0 || state == ProjectionStatus.State.STOPPED) {
          return false;
        }
        progress.wait(millis);
      }
      return true;
    }
  }

  private void run() {
    Duration backOff = pace.firstBackOff();
    while (!closing) {
      try (FactSource opened = sources.open(projection.name())) {
        source = opened;
        follow(opened);
      } catch (Stop e) {
        stop(e);
        if (!awaitSetAside(e.position)) {
          return;
        }
      } catch (InterruptedException e) {
        // Only close() interrupts.
        break;
      } catch (SQLException | SourceUnavailableException e) {
        if (madeProgress) {
          backOff = pace.firstBackOff();
        }
        if (!closing && !pause(backOff, e)) {
          break;
        }
        backOff = longer(backOff);
      } catch (Throwable e) {
        if (closing) {
          break;
        }
        stop(new Stop(position + 1, e));
        if (!awaitSetAside(position + 1)) {
          return;
        }
      } finally {
        madeProgress = false;
      }
    }
    tell(ProjectionStatus.State.CLOSED, "");
  }

  private boolean madeProgress;

  /**
   * Waits where it has stopped until two people have signed that the fact is passed over.
   *
   * @return false when closing, or if it is passed over already and that does not help: it cannot
   *     even be read, or the cause is another
   */
  private boolean awaitSetAside(long at) {
    if (setAside.containsKey(at)) {
      return false;
    }
    while (!closing) {
      try {
        Thread.sleep(pace.idle());
        if (signedAside.get().containsKey(at)) {
          LOG.warn(
              "projection {} passes over the fact at position {}, as two people signed",
              projection.name(),
              at);
          return true;
        }
      } catch (InterruptedException e) {
        return false;
      } catch (RuntimeException e) {
        LOG.debug("what is set aside cannot be read now", e);
      }
    }
    return false;
  }

  /** Returns when closing. */
  private void follow(FactSource opened) throws SQLException, InterruptedException, Stop {
    Bookmark bookmark = begin();
    int limit = pace.factsPerBatch();
    while (!closing) {
      List<SourcedFact> batch;
      try {
        batch = opened.read(bookmark, limit, pace.idle());
      } catch (BrokenSourceException e) {
        throw new Stop(e.position(), e);
      }
      answered();
      if (batch.isEmpty()) {
        if (head() > bookmark.position()) {
          // Another runner of this projection has it, or the source does not bring it.
          bookmark = begin();
          noteWaiting(head() > bookmark.position());
        }
        continue;
      }
      long started = System.nanoTime();
      synchronized (progress) {
        oldestUnfolded = batch.getFirst().recorded().recordedAt();
      }
      try {
        bookmark = apply(bookmark, batch);
      } catch (SQLException e) {
        if (Standing.passing(e)) {
          throw e;
        }
        limit = halved(batch, e);
        continue;
      } catch (RuntimeException e) {
        limit = halved(batch, e);
        continue;
      }
      batches.record(Duration.ofNanos(System.nanoTime() - started));
      madeProgress = true;
      moved(bookmark.position(), head());
      if (batch.size() > 1 && batch.size() < limit) {
        // Facts come faster than batches go. One that comes alone is told at once.
        TimeUnit.NANOSECONDS.sleep(pace.gather().toNanos() - (System.nanoTime() - started));
      }
      limit = Math.min(pace.factsPerBatch(), limit * 2);
    }
  }

  private static int halved(List<SourcedFact> batch, Exception cause) throws Stop {
    if (batch.size() == 1) {
      throw new Stop(batch.getFirst().position(), cause);
    }
    return batch.size() / 2;
  }

  private Bookmark begin() throws SQLException {
    try {
      setAside = signedAside.get();
    } catch (LedgerUnavailableException e) {
      throw new SourceUnavailableException("what is set aside cannot be read", e);
    }
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      Standing.open(projection.name(), connection);
      Bookmark bookmark = Standing.lock(projection.name(), connection);
      connection.commit();
      moved(bookmark.position(), head());
      synchronized (progress) {
        stoppedAt = 0;
      }
      if (!retrying()) {
        tell(ProjectionStatus.State.RUNNING, "");
      }
      return bookmark;
    }
  }

  private Bookmark apply(Bookmark expected, List<SourcedFact> batch) throws SQLException {
    List<RecordedFact> taken =
        batch.stream()
            .map(SourcedFact::recorded)
            .filter(fact -> !setAside.containsKey(fact.position()))
            .toList();
    Projection.Changes changes = taken.isEmpty() ? _ -> {} : projection.fold(taken);
    SourcedFact last = batch.getLast();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      try {
        Bookmark standing = Standing.lock(projection.name(), connection);
        if (standing.position() != expected.position()) {
          // Another runner of this projection went on meanwhile.
          return standing;
        }
        changes.write(connection);
        List<RecordedFact> all = batch.stream().map(SourcedFact::recorded).toList();
        PassedOver.note(projection.name(), PassedOver.ANSWERING, all, setAside, connection);
        DifferencesAccepted.note(projection.name(), all, connection);
        Standing.advance(projection.name(), last, connection);
        connection.commit();
        committed = true;
        facts.increment(batch.size());
        return last.bookmark();
      } finally {
        if (!committed) {
          rollback(connection);
        }
      }
    }
  }

  /** A failure to roll back must not hide what led to it; the pool discards a broken connection. */
  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("rollback failed", e);
    }
  }

  private void moved(long to, long head) {
    synchronized (progress) {
      position = to;
      if (to >= head) {
        oldestUnfolded = null;
      }
      progress.notifyAll();
    }
  }

  private void noteWaiting(boolean behind) {
    synchronized (progress) {
      if (behind && oldestUnfolded == null) {
        oldestUnfolded = clock.instant();
      }
    }
  }

  private boolean retrying() {
    synchronized (progress) {
      return state == ProjectionStatus.State.RETRYING;
    }
  }

  /** The source did: until then a retry goes on, though the database answers. */
  private void answered() {
    if (retrying()) {
      tell(ProjectionStatus.State.RUNNING, "");
    }
  }

  private void tell(ProjectionStatus.State now, String why) {
    synchronized (progress) {
      state = now;
      reason = why;
      if (now == ProjectionStatus.State.RETRYING) {
        retriesInARow++;
        retryingSince = retryingSince == null ? clock.instant() : retryingSince;
      } else {
        retriesInARow = 0;
        retryingSince = null;
      }
      progress.notifyAll();
    }
  }

  private boolean pause(Duration backOff, Exception cause) {
    LOG.warn(
        "projection {} stands at position {} and tries again in {} ms: {}",
        projection.name(),
        position,
        backOff.toMillis(),
        cause.toString());
    retries.increment();
    tell(ProjectionStatus.State.RETRYING, cause.toString());
    try {
      Thread.sleep(backOff);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private Duration longer(Duration backOff) {
    Duration twice = backOff.multipliedBy(2);
    return twice.compareTo(pace.longestBackOff()) > 0 ? pace.longestBackOff() : twice;
  }

  private void stop(Stop stop) {
    String why = String.valueOf(stop.getCause());
    LOG.error(
        "projection {} STOPPED at position {}: it never skips a fact. Run a release that takes it,"
            + " or have two people set it aside (setFactAside); the others go on",
        projection.name(),
        stop.position,
        stop.getCause());
    synchronized (progress) {
      stoppedAt = stop.position;
    }
    tell(ProjectionStatus.State.STOPPED, why);
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(true);
      Standing.stop(projection.name(), stop.position, why, connection);
    } catch (SQLException e) {
      LOG.warn("the stop of projection {} is not noted in its row", projection.name(), e);
    }
  }

  /** The projection ends here, for good. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    private final long position;

    Stop(long position, Throwable cause) {
      super(cause);
      this.position = position;
    }
  }
}
