package fr.passnumerique.clearing.ledger;

/**
 * This node lacks a key that what the ledger tells was made with, as an installation does that has
 * taken over another's ledger and not its keys. An outage, and no refusal: once the operator has
 * restored the key, the same command is answered.
 */
public final class MissingKeyException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String keyName;

  /**
   * @param keyName may be told to whoever asks; the message, which says where it should be, may not
   */
  public MissingKeyException(String keyName, String message) {
    super(message);
    this.keyName = keyName;
  }

  public String keyName() {
    return keyName;
  }
}
