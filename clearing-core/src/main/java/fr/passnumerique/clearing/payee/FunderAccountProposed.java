package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody asks that a funder be refunded to an account. Nothing is paid to it before a second
 * person confirms it. One that follows another, as in facts from before one had to be dropped
 * first, takes its place.
 *
 * @param account the vault's entry with {@link OpenedAccount#IBAN} and {@link OpenedAccount#HOLDER}
 * @param fingerprint keyed digest of the IBAN; the key lies with the vault's
 * @param proposedBy the account that asks
 * @param reopening why it is proposed although the bank closed it; empty if it did not
 */
public record FunderAccountProposed(
    FunderId funder,
    VaultReference account,
    String fingerprint,
    String proposedBy,
    @LeftOutWhenEmpty Optional<Reopening> reopening)
    implements Fact {

  /** Of an account that is not closed. */
  public FunderAccountProposed(
      FunderId funder, VaultReference account, String fingerprint, String proposedBy) {
    this(funder, account, fingerprint, proposedBy, Optional.empty());
  }

  public static String tag(FunderId funder) {
    return "funder-account:" + funder;
  }

  /** Not {@link FunderAccountOpened#ALL}: what is proposed changes no order of refunds. */
  @Override
  public Set<String> tags() {
    return Set.of(tag(funder));
  }
}
