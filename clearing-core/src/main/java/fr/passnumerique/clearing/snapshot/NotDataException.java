package fr.passnumerique.clearing.snapshot;

/** An object holds something that no file can keep. */
public final class NotDataException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  NotDataException(String message) {
    super(message);
  }
}
