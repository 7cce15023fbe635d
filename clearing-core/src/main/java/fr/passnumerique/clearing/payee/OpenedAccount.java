package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.VaultReference;

/** What the facts that open an account have in common. */
public sealed interface OpenedAccount extends Fact permits VenueAccountOpened, FunderAccountOpened {
  /** In the vault's entry: letters and digits without blanks. */
  String IBAN = "iban";

  /** In the vault's entry: who holds the account, 1 to 70 characters. */
  String HOLDER = "holder";

  Payee payee();

  /** The vault's entry. */
  VaultReference account();

  /** Keyed digest of the IBAN. */
  String fingerprint();
}
