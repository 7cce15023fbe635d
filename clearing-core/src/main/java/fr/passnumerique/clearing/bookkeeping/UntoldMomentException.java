package fr.passnumerique.clearing.bookkeeping;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A moment that cannot be told exactly. What would be approximate is not told at all.
 *
 * <p>The message names rule and value; {@link #remedy()} the nearest moment that can be told.
 */
public final class UntoldMomentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Why why;
  private final String parameter;
  private final String value;
  private final String remedy;

  /** Stable codes. */
  public enum Why {
    /** Facts may still be recorded until then, or are not in the tables yet. */
    AS_OF_TOO_LATE,
    /** Nothing was recorded then: the ledger begins later. */
    AS_OF_TOO_EARLY,
    /** It could be told, and what it takes was not kept; the remedy says how it comes back. */
    AS_OF_NOT_KEPT
  }

  /**
   * @param parameter as a request names it: {@code asOfPosition}, {@code asOf} or {@code
   *     businessDate}
   * @param message rule and value
   * @param remedy the nearest moment that can be told
   */
  public UntoldMomentException(
      Why why, String parameter, String value, String message, String remedy) {
    super(message);
    this.why = why;
    this.parameter = parameter;
    this.value = value;
    this.remedy = remedy;
  }

  /**
   * An instant after the last fact. Recorded time rises strictly, so nothing else is recorded at
   * the last fact's own; what comes next may bear any later instant, however long ago that is by
   * now: of a node whose clock is behind, or of one that stood still between the stamp and the
   * commit. A margin would be a promise of all clocks, which nobody keeps.
   *
   * @param last when the last fact was recorded; null if none was
   */
  public static UntoldMomentException mayStillCome(Instant instant, @Nullable Instant last) {
    return new UntoldMomentException(
        Why.AS_OF_TOO_LATE,
        "asOf",
        instant.toString(),
        last == null
            ? "facts may still be recorded until %s".formatted(instant)
            : "the last fact was recorded at %s, and facts may still be recorded until %s"
                .formatted(last, instant),
        last == null
            ? "nothing is recorded yet: leave it out"
            : "ask for %s or before, leave it out for all that is recorded, or ask again when the day after it has begun in Paris, which is a fact"
                .formatted(last));
  }

  /**
   * An instant before the first fact.
   *
   * @param first when that was recorded
   */
  public static UntoldMomentException beforeTheFirst(Instant instant, Instant first) {
    return new UntoldMomentException(
        Why.AS_OF_TOO_EARLY,
        "asOf",
        instant.toString(),
        "nothing was recorded until %s: the ledger begins at %s".formatted(instant, first),
        "ask for %s or after, or for asOfPosition 0".formatted(first));
  }

  public Why why() {
    return why;
  }

  /** As a request names it: {@code asOfPosition}, {@code asOf} or {@code businessDate}. */
  public String parameter() {
    return parameter;
  }

  public String value() {
    return value;
  }

  public String remedy() {
    return remedy;
  }
}
