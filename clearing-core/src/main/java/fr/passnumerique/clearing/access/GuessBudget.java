package fr.passnumerique.clearing.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often a party may be wrong about a secret: so many guesses, which come back evenly within an
 * hour. Whoever has none left is not listened to at all: an answer to what is right, and none to
 * what is wrong, would tell the two apart.
 *
 * <p>Kept in memory by each node; a start forgives. Safe for any number of threads.
 */
public final class GuessBudget {
  private static final double HOUR_NANOS = Duration.ofHours(1).toNanos();
  private static final int REMEMBERED = 100_000;

  private final int anHour;
  private final LongSupplier nanoTime;
  private final Map<String, Left> parties =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param guesses at that moment, below zero after a request that held more than there were
   */
  private record Left(double guesses, long at) {}

  /**
   * @param anHour at least 1
   * @param nanoTime as {@link System#nanoTime}
   */
  public GuessBudget(int anHour, LongSupplier nanoTime) {
    this.anHour = anHour;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes guesses from a party that has any left, even if they are more than it has: nobody waits
   * longer than two hours.
   *
   * @param guesses zero or more; with zero it is only asked
   * @return zero if the request may be answered, else how long to wait; then nothing was taken
   */
  public synchronized Duration spend(String party, int guesses) {
    double left = left(party);
    if (left < 1) {
      return Duration.ofNanos((long) Math.ceil((1 - left) * HOUR_NANOS / anHour));
    }
    if (guesses > 0) {
      keep(party, Math.max(-anHour, left - guesses));
    }
    return Duration.ZERO;
  }

  /** Gives back what was no wrong guess after all. */
  public synchronized void giveBack(String party, int guesses) {
    keep(party, Math.min(anHour, left(party) + guesses));
  }

  private double left(String party) {
    Left known = parties.get(party);
    return known == null
        ? anHour
        : Math.min(
            anHour, known.guesses() + (nanoTime.getAsLong() - known.at()) / HOUR_NANOS * anHour);
  }

  private void keep(String party, double guesses) {
    parties.put(party, new Left(guesses, nanoTime.getAsLong()));
  }
}
