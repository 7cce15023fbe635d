package fr.passnumerique.clearing.issuance;

/**
 * Computes the check part of a cheque's code, which makes a code impossible to guess from another:
 * the first 30 bits of HMAC-SHA-256 over the nine characters of its {@link Serial}, under a key of
 * its batch's own. So issuing stores nothing per cheque, and the ledger alone makes no code.
 *
 * <p>Every method throws {@link IllegalStateException} when the named key is missing or damaged. No
 * line can be judged then: it is an outage, never a {@code BAD_CHECK_CODE}.
 */
public interface CheckKeys {
  /**
   * @param keyName as the batch's issuance recorded it
   */
  boolean matches(ChequeCode code, String keyName);

  /**
   * @param keyName as the batch's issuance recorded it
   * @return 30 bits, not negative
   */
  int check(Serial serial, String keyName);

  /** The key for batches issued from now on; to be recorded with the issuance. */
  String currentKeyName();
}
