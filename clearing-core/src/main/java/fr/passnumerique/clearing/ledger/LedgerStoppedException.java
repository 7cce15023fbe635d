package fr.passnumerique.clearing.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger is stopped on this node for good, at a position of which its registers know no more:
 * to send the same command again does not help. What is stored can be read all the same, up to the
 * last fact; what only registers tell cannot.
 */
public final class LedgerStoppedException extends LedgerUnavailableException {
  private static final long serialVersionUID = 1L;

  private final long position;
  private final String reason;
  private final String remedy;

  /**
   * @param position of the fact at which it stopped
   * @param reason rule and value
   */
  public LedgerStoppedException(
      long position, String reason, String remedy, @Nullable Throwable cause) {
    super(
        "the ledger is stopped on this node at position %d: %s; %s"
            .formatted(position, reason, remedy),
        cause);
    this.position = position;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** For another thread, whose trace it has. */
  LedgerStoppedException again() {
    return new LedgerStoppedException(position, reason, remedy, this);
  }

  public long position() {
    return position;
  }

  public String reason() {
    return reason;
  }

  public String remedy() {
    return remedy;
  }
}
