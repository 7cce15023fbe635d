package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a snapshot is written: once so much was folded since the last one that it would be felt
 * at a start, each night, and when the node stops.
 *
 * <p>While it is taken nothing is folded, so that whoever sends a command waits. A node that stands
 * by serves no commands and writes when it is due, at a turn of its own; the one that writes the
 * ledger waits until nothing was folded for a while, and under a load that never pauses it writes
 * none until that ends. One that does neither, because it is far behind or the ledger does not
 * answer, has to follow first: nothing is folded anywhere during an outage, and all nodes would
 * write at once. What took too long or failed is not tried again soon.
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

  /** Whoever sends a command to a node that serves waits no longer than that. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Nodes that stand by all hold the same, and would all write at once. */
  private static final Duration SPREAD = Duration.ofMinutes(10);

  /** After a failure, twice as long after each further one. */
  private static final Duration REST = Duration.ofMinutes(10);

  private static final Duration LONGEST_REST = Duration.ofHours(6);

  /** A node that will be elected in a moment stands by until then. */
  private static final int LOOKS_STANDING_BY = 10;

  private final RegisterSnapshots snapshots;
  private final Registers registers;
  private final BooleanSupplier standsBy;
  private final BooleanSupplier serves;
  private final Clock clock;
  private final Duration turn;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("register-snapshots").factory());

  private int standingBy;
  private @Nullable Instant dueSince;
  private Instant restsUntil = Instant.MIN;
  private Duration rest = REST;

  /**
   * @param standsBy whether this node serves no commands and holds what the others recorded
   * @param serves whether commands wait for it; neither of both while it has to follow first
   * @param turn how long a node that stands by waits once a snapshot is due
   */
  SnapshotKeeper(
      RegisterSnapshots snapshots,
      Registers registers,
      BooleanSupplier standsBy,
      BooleanSupplier serves,
      Clock clock,
      Duration turn) {
    this.snapshots = snapshots;
    this.registers = registers;
    this.standsBy = standsBy;
    this.serves = serves;
    this.clock = clock;
    this.turn = turn;
  }

  /**
   * @param clock of the place where people sleep, whatever day the ledger's has
   */
  static SnapshotKeeper start(
      RegisterSnapshots snapshots, Registers registers, Appender appender, Clock clock) {
    Duration turn = Duration.ofMillis(ThreadLocalRandom.current().nextLong(SPREAD.toMillis()));
    SnapshotKeeper keeper =
        new SnapshotKeeper(snapshots, registers, appender::standsBy, appender::serves, clock, turn);
    keeper.thread.scheduleWithFixedDelay(
        keeper::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return keeper;
  }

  void look() {
    try {
      standingBy = standsBy.getAsBoolean() ? standingBy + 1 : 0;
      Instant now = clock.instant();
      if (registers.areStopped() || now.isBefore(restsUntil) || !isDue()) {
        dueSince = null;
        return;
      }
      if (dueSince == null) {
        dueSince = now;
      }
      if (!isTheMoment(dueSince, now)) {
        return;
      }
      if (snapshots.write(registers::standStill, this::waitsOn)) {
        rest = REST;
      } else {
        restsUntil = clock.instant().plus(rest);
        Duration twice = rest.multipliedBy(2);
        rest = twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
      }
    } catch (RuntimeException e) {
      LOG.warn("whether a snapshot of the registers is due is not known", e);
    }
  }

  private boolean isTheMoment(Instant due, Instant now) {
    return standingBy == 0
        ? serves.getAsBoolean() && registers.quiet().compareTo(QUIET) >= 0
        : standingBy >= LOOKS_STANDING_BY && !now.isBefore(due.plus(turn));
  }

  /** One that is elected meanwhile has others waiting for it at once. */
  boolean waitsOn(Duration stoodStill) {
    return stoodStill.compareTo(serves.getAsBoolean() ? LONGEST_PAUSE : LONGEST) <= 0;
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
    LocalDate today = Paris.dayOf(now);
    Instant tonight = night(today);
    return tonight.isAfter(now) ? night(today.minusDays(1)) : tonight;
  }

  private static Instant night(LocalDate day) {
    return day.atTime(NIGHT).atZone(Paris.ZONE).toInstant();
  }

  /** Once nothing is folded any more. */
  void close() {
    thread.shutdown();
    try {
      if (thread.awaitTermination(LONGEST.toSeconds(), TimeUnit.SECONDS)
          && !registers.areStopped()
          && registers.head() > snapshots.position()) {
        var _ =
            snapshots.write(
                registers::standStill, stoodStill -> stoodStill.compareTo(LONGEST) <= 0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
