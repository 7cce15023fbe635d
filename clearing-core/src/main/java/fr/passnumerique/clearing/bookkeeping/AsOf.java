package fr.passnumerique.clearing.bookkeeping;

import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * As of which moment balances are asked for; all null for now.
 *
 * @param position of the ledger: after the fact recorded there, and no other; 0 is before the first
 * @param instant of recording, UTC: after every fact recorded until then
 * @param businessDate Europe/Paris: what happened until the end of this day, as far as it was
 *     recorded at the position or instant, or is by now
 */
public record AsOf(
    @Nullable Long position, @Nullable Instant instant, @Nullable LocalDate businessDate) {
  private static final Instant FIRST = Instant.parse("1970-01-02T00:00:00Z");
  private static final Instant LAST = Instant.parse("2199-12-30T00:00:00Z");

  public static final AsOf NOW = new AsOf(null, null, null);

  /**
   * @throws IllegalArgumentException if it names two moments of recording, a position below 0, or a
   *     year that no ledger has
   */
  public AsOf {
    if (position != null && instant != null) {
      throw new IllegalArgumentException(
          "position %d and instant %s are two names of one moment".formatted(position, instant));
    }
    if (position != null && position < 0) {
      throw new IllegalArgumentException("position %d is below 0".formatted(position));
    }
    if (instant != null && !hasAYear(instant) || businessDate != null && !hasAYear(businessDate)) {
      throw new IllegalArgumentException("a moment lies in the years 1970 to 2199");
    }
  }

  public static AsOf at(long position) {
    return new AsOf(position, null, null);
  }

  public static AsOf until(Instant instant) {
    return new AsOf(null, instant, null);
  }

  /** Whether a ledger can have been written then: in the years 1970 to 2199. */
  public static boolean hasAYear(Instant instant) {
    return !instant.isBefore(FIRST) && !instant.isAfter(LAST);
  }

  /** Whether a ledger can have been written then: in the years 1970 to 2199. */
  public static boolean hasAYear(LocalDate day) {
    return !day.isBefore(Paris.dayOf(FIRST)) && !day.isAfter(Paris.dayOf(LAST));
  }
}
