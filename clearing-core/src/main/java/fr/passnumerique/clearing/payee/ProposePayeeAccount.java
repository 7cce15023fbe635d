package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;

/**
 * Asks that a venue or a funder be paid to this account. Nothing is paid to it before a clerk who
 * did not ask confirms it. The same account again is no change.
 *
 * @param account the vault's entry with IBAN and holder
 * @param fingerprint the vault's keyed digest of the IBAN
 * @param by the account that asks
 * @param proposer for whom it asks; for a funder a clerk always
 */
public record ProposePayeeAccount(
    Payee payee,
    VaultReference account,
    String fingerprint,
    String by,
    VenueAccountProposed.Proposer proposer)
    implements Command<PayeeAccount> {

  /** As a clerk asks. */
  public ProposePayeeAccount(Payee payee, VaultReference account, String fingerprint, String by) {
    this(payee, account, fingerprint, by, VenueAccountProposed.Proposer.CLERK);
  }
}
