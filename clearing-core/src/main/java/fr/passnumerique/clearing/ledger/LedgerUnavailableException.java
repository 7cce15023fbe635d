package fr.passnumerique.clearing.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The ledger cannot be written now: the database does not answer, or this node is not the elected
 * writer. Send the same command again later, unless it is {@link LedgerStoppedException stopped}.
 */
public sealed class LedgerUnavailableException extends RuntimeException
    permits LedgerStoppedException {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailableException(String message) {
    super(message);
  }

  public LedgerUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
