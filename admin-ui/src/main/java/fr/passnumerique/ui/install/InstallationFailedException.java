package fr.passnumerique.ui.install;

/** Nothing was installed; the message says why, and where more of it is told. */
public final class InstallationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InstallationFailedException(String message) {
    super(message);
  }

  InstallationFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
