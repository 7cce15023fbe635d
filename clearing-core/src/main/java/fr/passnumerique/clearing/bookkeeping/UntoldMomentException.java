package fr.passnumerique.clearing.bookkeeping;

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
