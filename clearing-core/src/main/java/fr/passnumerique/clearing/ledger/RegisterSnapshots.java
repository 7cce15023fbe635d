package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.snapshot.SnapshotFile;
import fr.passnumerique.clearing.snapshot.SnapshotFile.Stand;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registers as they were at one position of the ledger, kept in a file, so that a start folds
 * what came after it and not everything.
 *
 * <p>A cache, and never part of the truth: what is not exactly right is left aside, and all is
 * folded from the beginning. Nothing that goes wrong while one is read or written stops a node; an
 * assignment that fails does, for registers are neither then. Right means: written by this very
 * code for registers with these settings, of a ledger that has the same chain hash at that
 * position, and not changed since. That it says what a fold says is for tests to show, not for a
 * start.
 *
 * <p>Taken up by the appender's thread before it folds anything, written by one other.
 */
final class RegisterSnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(RegisterSnapshots.class);

  private final RegistersOnFile files;
  private final Counter leftAside;
  private final Counter failures;
  private final Timer reading;
  private final Timer pausing;

  /** Failures of which the log has a stack trace. */
  private final Set<Class<?>> told = ConcurrentHashMap.newKeySet();

  private volatile long position;
  private volatile @Nullable Instant writtenAt;

  RegisterSnapshots(RegistersOnFile files, MeterRegistry meters) {
    this.files = files;
    leftAside = Counter.builder("ledger.snapshot.left.aside").register(meters);
    failures = Counter.builder("ledger.snapshot.failures").register(meters);
    reading = Timer.builder("ledger.snapshot.read").register(meters);
    pausing = Timer.builder("ledger.snapshot.pause").register(meters);
    Gauge.builder("ledger.snapshot.position", this, s -> s.position).register(meters);
    Gauge.builder("ledger.snapshot.age", this, RegisterSnapshots::ageSeconds)
        .baseUnit("seconds")
        .register(meters);
  }

  private double ageSeconds() {
    Instant at = writtenAt;
    return at == null ? Double.NaN : Duration.between(at, Instant.now()).toMillis() / 1e3;
  }

  /** Tells the hash in the ledger at a position; empty if it is not so long. */
  @FunctionalInterface
  interface HashAt {
    Optional<byte[]> of(long position) throws SQLException;
  }

  /**
   * What registers can be made from.
   *
   * @param assignment puts it into them; never fails half-way
   */
  record Read(Stand stand, Runnable assignment) {}

  /**
   * Looks for the node's snapshot, when its registers are empty. They stay so until the {@code
   * assignment} is run.
   *
   * @return empty if there is none that may be used
   * @throws SQLException if the ledger does not answer: to be tried again
   */
  Optional<Read> read(HashAt ledger) throws SQLException {
    try {
      RegistersOnFile.Content content = files.read().orElse(null);
      if (content == null) {
        return Optional.empty();
      }
      Stand stand = content.found().stand();
      boolean isOfThisLedger =
          Arrays.equals(ledger.of(stand.position()).orElse(null), stand.hash());
      files.forget();
      if (!isOfThisLedger) {
        return leaveAside("the ledger's position %d is another".formatted(stand.position()));
      }
      reading.record(content.nanos(), TimeUnit.NANOSECONDS);
      position = stand.position();
      writtenAt = content.found().writtenAt();
      LOG.info(
          "registers go on from their snapshot at position {}, read in {} ms",
          position,
          content.nanos() / 1_000_000);
      return Optional.of(new Read(stand, content.assignment()));
    } catch (ExecutionException e) {
      Throwable why = e.getCause();
      return leaveAside(
          why instanceof SnapshotFile.UnusableException ? why.getMessage() : String.valueOf(why));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return leaveAside(e.toString());
    } catch (RuntimeException | Error e) {
      return leaveAside(e.toString());
    }
  }

  private Optional<Read> leaveAside(@Nullable String why) {
    leftAside.increment();
    LOG.warn(
        "the registers' snapshot in {} is left aside, everything is folded: {}",
        files.directory(),
        why);
    return Optional.empty();
  }

  /**
   * Replaces the snapshot before. A failure is logged and counted, and that one stays.
   *
   * @param registers those of the files
   * @param patience of those who wait meanwhile
   * @return whether it is written
   */
  boolean write(SnapshotFile.StandStill registers, SnapshotFile.Patience patience) {
    if (!files.canBeWritten()) {
      return false;
    }
    long started = System.nanoTime();
    long[] taken = new long[2];
    try {
      long bytes =
          files.write(
              taking ->
                  registers.during(
                      stand -> {
                        long from = System.nanoTime();
                        taking.take(stand);
                        taken[0] = stand.position();
                        taken[1] = System.nanoTime() - from;
                      }),
              patience);
      pausing.record(taken[1], TimeUnit.NANOSECONDS);
      position = taken[0];
      writtenAt = Instant.now();
      LOG.info(
          "a snapshot of the registers at position {} is written: {} bytes in {} ms, of which"
              + " nothing could be folded for {} ms",
          position,
          bytes,
          (System.nanoTime() - started) / 1_000_000,
          taken[1] / 1_000_000);
      return true;
    } catch (IOException | RuntimeException | Error e) {
      failures.increment();
      if (told.add(e.getClass())) {
        LOG.warn("no snapshot of the registers is written in {}", files.directory(), e);
      } else {
        LOG.warn(
            "no snapshot of the registers is written in {}: {}", files.directory(), e.toString());
      }
      return false;
    }
  }

  /** Of the newest snapshot; 0 if there is none that may be used. */
  long position() {
    return position;
  }

  /** When the newest was written; empty if there is none that may be used. */
  Optional<Instant> writtenAt() {
    return Optional.ofNullable(writtenAt);
  }
}
