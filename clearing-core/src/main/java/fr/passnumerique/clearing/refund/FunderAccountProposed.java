package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Set;

/**
 * Somebody asks that a funder be refunded to an account. Nothing is paid to it before a second
 * person confirms it; a later proposal takes its place.
 *
 * @param account the vault's entry with {@link #IBAN} and {@link #HOLDER}
 * @param fingerprint keyed digest of the IBAN; the key lies with the vault's
 * @param proposedBy the account that asks
 */
public record FunderAccountProposed(
    FunderId funder, VaultReference account, String fingerprint, String proposedBy)
    implements Fact {
  /** In the vault's entry: letters and digits without blanks. */
  static final String IBAN = "iban";

  /** In the vault's entry: who holds the account, 1 to 70 characters. */
  static final String HOLDER = "holder";

  static String tag(FunderId funder) {
    return "funder-account:" + funder;
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(funder));
  }
}
