package fr.passnumerique.projections.loop;

/** A fact that a projection cannot accept: an impossible row. It is never skipped. */
public final class UnfoldableFactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnfoldableFactException(String message) {
    super(message);
  }

  public UnfoldableFactException(String message, Throwable cause) {
    super(message, cause);
  }
}
