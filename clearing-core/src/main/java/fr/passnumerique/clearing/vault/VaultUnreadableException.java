package fr.passnumerique.clearing.vault;

/**
 * The vault and its keys do not belong together, or what it holds was changed. The message says
 * which and what to restore; it never quotes content or keys.
 */
public final class VaultUnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VaultUnreadableException(String message) {
    super(message);
  }
}
