package fr.passnumerique.clearing.access;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The number that tells whether what is kept in memory is still so, never older than a second.
 *
 * <p>It is asked for again by one caller after 400 ms, while the others go on with the number they
 * have; after 900 ms all wait for the answer. So thousands of requests a second cost two queries.
 */
final class Revision {
  private static final long ASK_AGAIN_NANOS = 400_000_000L;
  private static final long WAIT_NANOS = 900_000_000L;

  private final LongSupplier stored;
  private final Runnable onChange;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile long known = -1;
  private volatile long askedAt = System.nanoTime() - WAIT_NANOS;

  /**
   * @param stored asks the database
   * @param onChange called when the number is another than before
   */
  Revision(LongSupplier stored, Runnable onChange) {
    this.stored = stored;
    this.onChange = onChange;
  }

  /** The number as it was less than a second ago. What is read after this call is no older. */
  long current() {
    long age = System.nanoTime() - askedAt;
    if (age < ASK_AGAIN_NANOS) {
      return known;
    }
    if (age < WAIT_NANOS) {
      if (!asking.tryLock()) {
        return known;
      }
    } else {
      asking.lock();
    }
    try {
      long now = System.nanoTime();
      if (now - askedAt >= ASK_AGAIN_NANOS) {
        long answer = stored.getAsLong();
        if (answer != known) {
          known = answer;
          onChange.run();
        }
        // When the question was put, not when it was answered.
        askedAt = now;
      }
      return known;
    } finally {
      asking.unlock();
    }
  }

  /** A change was made here: the next caller asks. */
  void expire() {
    askedAt = System.nanoTime() - WAIT_NANOS;
  }
}
