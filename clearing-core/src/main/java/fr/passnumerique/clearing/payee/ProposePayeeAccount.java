package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Optional;

/**
 * Asks that a venue or a funder be paid to this account. Nothing is paid to it before a clerk who
 * did not ask confirms it. The same account again is no change.
 *
 * @param account the vault's entry with IBAN and holder
 * @param fingerprint the vault's keyed digest of the IBAN
 * @param by the account that asks
 * @param proposer for whom it asks; for a funder a clerk always
 * @param reopening why it asks for an account that the bank closed; of one that is open it is left
 *     out of the fact
 */
public record ProposePayeeAccount(
    Payee payee,
    VaultReference account,
    String fingerprint,
    String by,
    VenueAccountProposed.Proposer proposer,
    Optional<Reopening> reopening)
    implements Command<PayeeAccount> {

  /** Of an account that the bank has not closed. */
  public ProposePayeeAccount(
      Payee payee,
      VaultReference account,
      String fingerprint,
      String by,
      VenueAccountProposed.Proposer proposer) {
    this(payee, account, fingerprint, by, proposer, Optional.empty());
  }

  /** As a clerk asks. */
  public ProposePayeeAccount(Payee payee, VaultReference account, String fingerprint, String by) {
    this(payee, account, fingerprint, by, VenueAccountProposed.Proposer.CLERK);
  }
}
