package fr.passnumerique.loadtest.simulator;

/** Engine and model, or the engine and itself, do not agree. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1;

  Mismatch(String difference) {
    super(difference);
  }

  Mismatch(String difference, Throwable cause) {
    super(difference, cause);
  }
}
