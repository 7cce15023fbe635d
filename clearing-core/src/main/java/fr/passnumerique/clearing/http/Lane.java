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
  /** Longer than this nobody is sent away: a minute later the peak may be over. */
  private static final long LONGEST_WAIT_SECONDS = 30;

  private final int places;
  private final Semaphore free;
  private final LongSupplier nanoTime;
  private final Counter refused;
  private long second;
  private Count now = new Count(0, 0);
  private Count before = new Count(0, 0);

  /** What became of those who came in one second. */
  private record Count(long admitted, long refused) {
    Count and(boolean isAdmitted) {
      return isAdmitted ? new Count(admitted + 1, refused) : new Count(admitted, refused + 1);
    }
  }

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
    count(admitted);
    if (!admitted) {
      refused.increment();
    }
    return admitted;
  }

  void leave() {
    free.release();
  }

  /**
   * When to come again: as many seconds as it takes to work on all who came in the last one. A
   * fixed time would bring back everybody who was ever refused at once, each time more, until
   * nothing is done but refuse.
   */
  synchronized Duration pause() {
    long seconds = 1 + before.refused() / Math.max(1, before.admitted());
    return Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT_SECONDS));
  }

  int places() {
    return places;
  }

  private int inProgress() {
    return places - free.availablePermits();
  }

  private synchronized void count(boolean admitted) {
    long current = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    if (current != second) {
      before = current == second + 1 ? now : new Count(0, 0);
      now = new Count(0, 0);
      second = current;
    }
    now = now.and(admitted);
  }
}
