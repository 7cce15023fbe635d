package fr.passnumerique.clearing.ledger;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long the session that holds the writer's lock has asked nothing, as one node that stands
 * by sees it: by that node's own clock, and over several looks.
 *
 * <p>By the database's clock and in one look a healthy writer would seem silent once that clock is
 * set, or whoever sees it was paused together with the database.
 */
final class Silence {
  /**
   * A healthy writer is seen at the same beat two or three times. The others leave it time to ask
   * again where all of them were paused at once.
   */
  static final int LEAST_LOOKS = 5;

  private final Duration least;
  private Optional<WriterSession.Beat> last = Optional.empty();
  private long sinceNanos;
  private int looks;

  /**
   * @param least until which nobody is called silent
   */
  Silence(Duration least) {
    this.least = least;
  }

  /**
   * Takes one look.
   *
   * @param beat the last one of whoever holds the lock; empty if nobody does, or if it waits for an
   *     answer
   * @param atNanos of this look, by {@link System#nanoTime}
   * @return whether it has been silent for long enough
   */
  boolean hasLasted(Optional<WriterSession.Beat> beat, long atNanos) {
    if (!beat.equals(last)) {
      last = beat;
      sinceNanos = atNanos;
      looks = 0;
    }
    looks++;
    return beat.isPresent() && looks >= LEAST_LOOKS && atNanos - sinceNanos >= least.toNanos();
  }
}
