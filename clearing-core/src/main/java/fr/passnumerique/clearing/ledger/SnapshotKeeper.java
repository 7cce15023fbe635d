package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a snapshot is written: once so much was folded since the last one that it would be felt
 * at a start, each night, and when the node stops.
 *
 * <p>While it is taken nothing is folded, so that whoever sends a command waits. A node that stands
 * by serves no commands and writes when it is due; the one that writes the ledger waits for a
 * moment in which nobody has sent anything for a while, and under a load that never pauses it
 * writes none until that ends.
 */
final class SnapshotKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);

  /** Folded within a second or two. */
  private static final long MANY_FACTS = 20_000;

  /** A snapshot of a large ledger is not written for the twentieth part of it. */
  private static final long PART = 20;

  private static final LocalTime NIGHT = LocalTime.of(3, 0);
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** A node that will be elected in a moment stands by until then. */
  private static final int LOOKS_STANDING_BY = 10;

  private final RegisterSnapshots snapshots;
  private final Registers registers;
  private final BooleanSupplier standsBy;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("register-snapshots").factory());

  private int standingBy;

  SnapshotKeeper(
      RegisterSnapshots snapshots, Registers registers, BooleanSupplier standsBy, Clock clock) {
    this.snapshots = snapshots;
    this.registers = registers;
    this.standsBy = standsBy;
    this.clock = clock;
  }

  /**
   * @param standsBy whether this node serves no commands and holds what the others recorded
   * @param clock of the place where people sleep, whatever day the ledger's has
   */
  static SnapshotKeeper start(
      RegisterSnapshots snapshots, Registers registers, BooleanSupplier standsBy, Clock clock) {
    SnapshotKeeper keeper = new SnapshotKeeper(snapshots, registers, standsBy, clock);
    keeper.thread.scheduleWithFixedDelay(
        keeper::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return keeper;
  }

  void look() {
    try {
      standingBy = standsBy.getAsBoolean() ? standingBy + 1 : 0;
      boolean nobodyWaits =
          standingBy >= LOOKS_STANDING_BY || registers.quiet().compareTo(QUIET) >= 0;
      if (nobodyWaits && isDue()) {
        snapshots.write(registers::standStill);
      }
    } catch (RuntimeException e) {
      LOG.warn("whether a snapshot of the registers is due is not known", e);
    }
  }

  private boolean isDue() {
    long position = registers.head();
    long since = position - snapshots.position();
    return since >= MANY_FACTS + position / PART || (since > 0 && isOlderThanTheNight());
  }

  private boolean isOlderThanTheNight() {
    return snapshots.writtenAt().map(at -> at.isBefore(lastNight())).orElse(true);
  }

  private Instant lastNight() {
    Instant now = clock.instant();
    Instant tonight = Paris.dayOf(now).atTime(NIGHT).atZone(Paris.ZONE).toInstant();
    return tonight.isAfter(now) ? tonight.minus(Duration.ofDays(1)) : tonight;
  }

  /** Once nothing is folded any more. */
  void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)
          && registers.head() > snapshots.position()) {
        snapshots.write(registers::standStill);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
