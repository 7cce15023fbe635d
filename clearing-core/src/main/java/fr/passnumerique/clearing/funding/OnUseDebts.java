package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A fold of what {@code ON_USE} funders owe for used cheques, and to whom. Whoever records that
 * such a funder has paid asks here how much of it goes to the pre-financier.
 *
 * <p>A slip accepted at the same moment is not within the boundary of a receipt: it would only have
 * made more of it go to the pre-financier, and the next slip or receipt makes up for that. A use
 * that is taken back at that moment is: more would be repaid than is owed. What is paid in before
 * its cheques are used repays as they are: see {@link PaidEarly}.
 */
public final class OnUseDebts {
  private final Map<Debtor, FunderId> preFinanciers = new HashMap<>();
  private final Map<Debtor, Long> cents = new HashMap<>();

  private record Debtor(String agreement, String funder) {}

  public void fold(Fact fact) {
    if (fact instanceof AgreementTerms terms) {
      for (Share share : terms.shares()) {
        share.preFinancier().ifPresent(advancing -> preFinanciers.put(of(terms, share), advancing));
      }
      return;
    }
    if (fact instanceof SlipJudged slip) {
      // Most facts are slips: their postings are not made for the few that advance a share.
      for (SpentCents part : slip.owed()) {
        if (part.advancedBy().isPresent()) {
          cents.merge(
              new Debtor(part.agreement().value(), part.funder().value()),
              part.cents(),
              Math::addExact);
        }
      }
      return;
    }
    for (Entry entry : Postings.of(fact)) {
      if (entry.account().kind() == AccountKind.ON_USE_CLAIM) {
        cents.merge(
            new Debtor(entry.account().agreement(), entry.account().funder()),
            entry.cents(),
            Math::addExact);
      }
    }
  }

  private static Debtor of(AgreementTerms terms, Share share) {
    return new Debtor(terms.agreement().value(), share.funder().value());
  }

  /** Below zero if cheques that are paid for were taken back since. */
  public long cents(AgreementId agreement, FunderId funder) {
    return cents.getOrDefault(new Debtor(agreement.value(), funder.value()), 0L);
  }

  /**
   * @return how much of what the funder pays comes back to its pre-financier, at most what it owes;
   *     empty if nothing does
   */
  public Optional<Repaid> repaid(AgreementId agreement, FunderId funder, long paidCents) {
    FunderId advancing = preFinanciers.get(new Debtor(agreement.value(), funder.value()));
    long repaid = Math.min(paidCents, cents(agreement, funder));
    return advancing == null || repaid <= 0
        ? Optional.empty()
        : Optional.of(new Repaid(advancing, repaid));
  }
}
