package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Set;

/**
 * The account to which a funder is refunded from now on; it replaces the one before.
 *
 * @param account the vault's entry
 * @param fingerprint keyed digest of the IBAN
 * @param confirmedBy another than the account that proposed it
 */
public record FunderAccountOpened(
    FunderId funder,
    VaultReference account,
    String fingerprint,
    String proposedBy,
    String confirmedBy)
    implements OpenedAccount {
  /** On every fact that opens or closes a funder's account: the bank closes an IBAN for all. */
  public static final String ALL = "funder-accounts";

  @Override
  public Payee payee() {
    return Payee.of(funder);
  }

  @Override
  public Set<String> tags() {
    return Set.of(FunderAccountProposed.tag(funder), ALL);
  }
}
