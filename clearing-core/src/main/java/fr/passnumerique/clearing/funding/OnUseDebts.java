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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fold of what {@code ON_USE} funders owe for used cheques, and to whom. Whoever records that
 * such a funder has paid asks here how much of it goes to the pre-financier.
 *
 * <p>A slip accepted at the same moment is not within the boundary of a receipt: it would only have
 * made more of it go to the pre-financier, and the next slip makes up for that ({@link PaidEarly}).
 * A use that is taken back at that moment is: more would be repaid than is owed.
 */
public final class OnUseDebts {
  private final Map<Debtor, FunderId> preFinanciers = new HashMap<>();
  private final Map<Debtor, Long> cents = new LinkedHashMap<>();

  /** Whoever owes for used cheques, or has paid for such as were taken back since. */
  record Debtor(AgreementId agreement, FunderId funder) {}

  public void fold(Fact fact) {
    if (fact instanceof SlipJudged slip) {
      // Most facts are slips: their postings are not made for the few that advance a share.
      for (SpentCents part : slip.owed()) {
        if (part.advancedBy().isPresent()) {
          cents.merge(new Debtor(part.agreement(), part.funder()), part.cents(), Math::addExact);
        }
      }
      return;
    }
    fold(fact, Postings.of(fact));
  }

  /**
   * A fact that is no slip.
   *
   * @param entries its postings
   */
  void fold(Fact fact, List<Entry> entries) {
    if (fact instanceof AgreementTerms terms) {
      for (Share share : terms.shares()) {
        share.preFinancier().ifPresent(advancing -> preFinanciers.put(of(terms, share), advancing));
      }
      return;
    }
    for (Entry entry : entries) {
      if (entry.account().kind() == AccountKind.ON_USE_CLAIM) {
        cents.merge(
            new Debtor(
                new AgreementId(entry.account().agreement()),
                new FunderId(entry.account().funder())),
            entry.cents(),
            Math::addExact);
      }
    }
  }

  private static Debtor of(AgreementTerms terms, Share share) {
    return new Debtor(terms.agreement(), share.funder());
  }

  /** Below zero if cheques that are paid for were taken back since. */
  public long cents(AgreementId agreement, FunderId funder) {
    return cents.getOrDefault(new Debtor(agreement, funder), 0L);
  }

  /** Of whom anything is known but that they may come to owe, the first to owe first. */
  Stream<Debtor> debtors() {
    return cents.keySet().stream();
  }

  /** Null if no version of the agreement has this funder pay on use. */
  @Nullable FunderId preFinancier(Debtor debtor) {
    return preFinanciers.get(debtor);
  }

  /**
   * @return how much of what the funder pays comes back to its pre-financier, at most what it owes;
   *     empty if nothing does
   */
  public Optional<Repaid> repaid(AgreementId agreement, FunderId funder, long paidCents) {
    FunderId advancing = preFinancier(new Debtor(agreement, funder));
    long repaid = Math.min(paidCents, cents(agreement, funder));
    return advancing == null || repaid <= 0
        ? Optional.empty()
        : Optional.of(new Repaid(advancing, repaid));
  }
}
