package fr.passnumerique.clearing.ledger;

/**
 * The ledger cannot be written now: the database does not answer, this node is not the elected
 * writer, or it stopped because the ledger is not what it must be. Send the same command again
 * later.
 */
public final class LedgerUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailableException(String message) {
    super(message);
  }

  public LedgerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
