package fr.passnumerique.clearing.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Requests of one kind, of which only so many are worked on at once. Nobody waits at its door. */
final class Lane {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /**
   * Longer than this nobody is sent away: later the peak is over. The road not taken, half a
   * minute: at three times the most the line is longer, begins anew three times meanwhile, and half
   * of the processors refuses those who come together.
   */
  private static final long LONGEST_WAIT = 120 * SECOND;

  /** Of the pace is left after a second: a half after forty. */
  private static final double KEPT = 0.983;

  private final int places;
  private final Semaphore free;
  private final LongSupplier nanoTime;
  private final Counter refused;
  private long second;
  private long admittedNow;

  /**
   * As many were let in in the best second of late. The road not taken, the second before: while
   * half of the processors refuses, or the machine stands still, it is far from what can be taken,
   * and the line that it makes is so long that in the end places are free and nobody comes.
   */
  private double pace;

  /** When the last of those who were sent away is to come again, in {@link #nanoTime}. */
  private long lineEnds;

  /**
   * @param name of the kind, for metrics
   */
  Lane(String name, int places, LongSupplier nanoTime, MeterRegistry meters) {
    if (places < 1) {
      throw new IllegalArgumentException(
          "pass.http.%s-at-once is %d; let in at least 1".formatted(name, places));
    }
    this.places = places;
    this.free = new Semaphore(places);
    this.nanoTime = nanoTime;
    lineEnds = nanoTime.getAsLong();
    second = TimeUnit.NANOSECONDS.toSeconds(lineEnds);
    refused = Counter.builder("pass.http.refused.busy").tag("kind", name).register(meters);
    Gauge.builder("pass.http.in.progress", this, Lane::inProgress)
        .tag("kind", name)
        .register(meters);
    Gauge.builder("pass.http.places", this, Lane::places).tag("kind", name).register(meters);
  }

  /**
   * @return whether there was a place; it is given back by {@link #leave}
   */
  boolean enter() {
    boolean admitted = free.tryAcquire();
    if (admitted) {
      countAdmitted();
    } else {
      refused.increment();
    }
    return admitted;
  }

  void leave() {
    free.release();
  }

  /**
   * When to come again: those who were sent away one after the other, as many in each second as
   * were let in in the best of late, or as there are places. A time that is the same for all brings
   * them back at once, to be sent away again; then most of the work is to refuse, and in between
   * there is none. A line that would be too long begins anew at its front.
   */
  synchronized Duration pause() {
    long now = nanoTime.getAsLong();
    turn(now);
    long each = (long) (SECOND / Math.max(places, Math.max(pace, admittedNow)));
    long wait = Math.max(0, lineEnds - now) + each;
    if (wait > LONGEST_WAIT) {
      wait = each;
    }
    lineEnds = now + wait;
    return Duration.ofNanos(wait);
  }

  int places() {
    return places;
  }

  private int inProgress() {
    return places - free.availablePermits();
  }

  private synchronized void countAdmitted() {
    turn(nanoTime.getAsLong());
    admittedNow++;
  }

  private void turn(long now) {
    long current = TimeUnit.NANOSECONDS.toSeconds(now);
    if (current != second) {
      pace = Math.max(pace, admittedNow) * Math.pow(KEPT, current - second);
      admittedNow = 0;
      second = current;
    }
  }
}
