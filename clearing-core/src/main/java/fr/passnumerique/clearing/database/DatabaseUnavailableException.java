package fr.passnumerique.clearing.database;

/**
 * The database cannot be started, reached or used as it is. The message says what was found and
 * what an operator does about it; nothing was changed in the database.
 */
public final class DatabaseUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseUnavailableException(String message) {
    super(message);
  }

  public DatabaseUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
