package fr.passnumerique.clearing.bookkeeping;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import java.util.HashMap;
import java.util.Map;

/**
 * A fold of what each funder has in each agreement that no cheque, venue or refund has a claim to:
 * its {@link AccountKind#FUNDER_CREDIT}. Whoever takes cash must find it here, so whoever folds
 * this decides by the same definition as cover.
 */
public final class FreeCredit {
  private final Map<Owner, Long> cents = new HashMap<>();

  private record Owner(String agreement, String funder) {}

  public void fold(Fact fact) {
    if (fact instanceof SlipJudged) {
      // Most facts are slips, and these move what was set aside before.
      return;
    }
    for (Entry entry : Postings.of(fact)) {
      Account account = entry.account();
      if (account.kind() == AccountKind.FUNDER_CREDIT) {
        cents.merge(
            new Owner(account.agreement(), account.funder()), -entry.cents(), Math::addExact);
      }
    }
  }

  /** Below zero while what the bank did has taken more than was free. */
  public long cents(AgreementId agreement, FunderId funder) {
    return cents.getOrDefault(new Owner(agreement.value(), funder.value()), 0L);
  }
}
