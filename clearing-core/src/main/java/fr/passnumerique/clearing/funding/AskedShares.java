package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.ReadLock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose shares a table of agreements and funders is to show: those that are asked for, and to a
 * funder its own alone.
 *
 * @param agreement empty for all
 * @param funder empty for all
 */
public record AskedShares(Optional<AgreementId> agreement, Optional<FunderId> funder) {
  public static final AskedShares ALL = new AskedShares(Optional.empty(), Optional.empty());

  /** Who is known to the register that the table is read from. Asked under its lock. */
  public interface Known {
    boolean knowsFunder(FunderId funder);

    boolean knowsAgreement(AgreementId agreement);

    /** Whether the funder may read rows of the agreement. */
    boolean isParty(AgreementId agreement, FunderId funder);
  }

  /**
   * @param funder of a funder that asks, itself or nobody: its endpoint's rule says so
   * @throws Problem 404 if what is named is not known; another's agreement and one that does not
   *     exist are answered alike
   */
  public static AskedShares of(
      Actor actor,
      @Nullable AgreementId agreement,
      @Nullable FunderId funder,
      Known known,
      ReadLock registers) {
    FunderId owner = actor.role() == Role.FUNDER ? new FunderId(actor.subject()) : null;
    if (owner == null && funder != null) {
      Problem.requireKnown(registers, "funder " + funder, () -> known.knowsFunder(funder));
    }
    if (agreement != null) {
      Problem.requireKnown(
          registers,
          "agreement " + agreement,
          () -> owner == null ? known.knowsAgreement(agreement) : known.isParty(agreement, owner));
    }
    return new AskedShares(
        Optional.ofNullable(agreement), Optional.ofNullable(owner == null ? funder : owner));
  }

  public boolean concern(AgreementId of, FunderId whose) {
    return agreement.map(of::equals).orElse(true) && funder.map(whose::equals).orElse(true);
  }
}
