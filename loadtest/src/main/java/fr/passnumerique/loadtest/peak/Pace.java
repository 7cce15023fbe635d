package fr.passnumerique.loadtest.peak;

import java.util.concurrent.locks.LockSupport;

/** When a client sends its next request. */
public sealed interface Pace {
  /**
   * The next request waits for the answer to the last: tells what the way can do, and flatters its
   * latency, since a way that stalls is not asked meanwhile.
   */
  record Closed() implements Pace {}

  /**
   * Requests are due at fixed times whatever became of those before, and latency counts from then.
   *
   * @param slipsPerSecond of all clients together
   */
  record Open(double slipsPerSecond) implements Pace {}

  /**
   * Waits until a client's request is due.
   *
   * @param start of the run, in {@link System#nanoTime()}
   * @param nth of this client, from 0
   * @return from when its latency counts
   */
  default long await(long start, int client, int clients, int nth) {
    return switch (this) {
      case Closed() -> System.nanoTime();
      case Open(double slipsPerSecond) -> {
        long due = start + (long) (((long) nth * clients + client) * 1e9 / slipsPerSecond);
        until(due);
        yield due;
      }
    };
  }

  /**
   * Parks until something is due, however often it is woken before.
   *
   * @param due in {@link System#nanoTime()}
   */
  static void until(long due) {
    long left;
    while ((left = due - System.nanoTime()) > 0) {
      LockSupport.parkNanos(left);
    }
  }
}
