package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.territory.Departement;
import java.util.Optional;

/**
 * One funder's cents in some cheques, with where they come from.
 *
 * @param keyVersion which version of the agreement's split key dealt them, from 1
 * @param fundingDepartement the département that the cheques' order names
 * @param cents above zero
 * @param advancedBy the pre-financier whose cash covers them until an {@code ON_USE} funder pays
 */
public record FundedCents(
    ProgrammeId programme,
    AgreementId agreement,
    int keyVersion,
    Departement fundingDepartement,
    FunderId funder,
    long cents,
    @LeftOutWhenEmpty Optional<FunderId> advancedBy) {

  /** Under whom their cash stands. */
  public FunderId cashOwner() {
    return advancedBy.orElse(funder);
  }

  /** The same cents, covered by another's cash, or by the funder's own. */
  public FundedCents advancedBy(Optional<FunderId> other) {
    return new FundedCents(
        programme, agreement, keyVersion, fundingDepartement, funder, cents, other);
  }

  public FundedCents withCents(long other) {
    return new FundedCents(
        programme, agreement, keyVersion, fundingDepartement, funder, other, advancedBy);
  }
}
