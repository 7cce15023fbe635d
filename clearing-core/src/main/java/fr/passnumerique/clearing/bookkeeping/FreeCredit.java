package fr.passnumerique.clearing.bookkeeping;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.redemption.SlipJudged;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A fold of what each funder has in each agreement that no cheque, venue or refund has a claim to:
 * its {@link AccountKind#FUNDER_CREDIT}. Whoever takes cash must find it here, so whoever folds
 * this decides by the same definition as cover.
 */
public final class FreeCredit {
  /** By agreement and funder. */
  private final Map<String, Map<String, Long>> cents = new HashMap<>();

  private final UnexplainedDebits unexplained = new UnexplainedDebits();

  /** Cash that is short. */
  public record Missing(String funder, long cents) {}

  public void fold(Fact fact) {
    if (fact instanceof SlipJudged) {
      // Most facts are slips, and these move what was set aside before.
      return;
    }
    fold(fact, Postings.of(fact));
  }

  /**
   * A fact that is no slip.
   *
   * @param entries its postings
   */
  public void fold(Fact fact, List<Entry> entries) {
    unexplained.fold(fact, entries);
    for (Entry entry : entries) {
      Account account = entry.account();
      if (account.kind() == AccountKind.FUNDER_CREDIT) {
        cents
            .computeIfAbsent(account.agreement(), _ -> new TreeMap<>())
            .merge(account.funder(), -entry.cents(), Math::addExact);
      }
    }
  }

  /** Whether no fact has moved any. */
  public boolean isEmpty() {
    return cents.isEmpty();
  }

  /** Below zero while what the bank did has taken more than was free. */
  public long cents(AgreementId agreement, FunderId funder) {
    return cents.getOrDefault(agreement.value(), Map.of()).getOrDefault(funder.value(), 0L);
  }

  /** Whose cash for the agreement is short, the first by identifier; empty if nobody's is. */
  public Optional<Missing> breach(AgreementId agreement) {
    return cents.getOrDefault(agreement.value(), Map.of()).entrySet().stream()
        .filter(free -> free.getValue() < 0)
        .findFirst()
        .map(free -> new Missing(free.getKey(), -free.getValue()));
  }

  /**
   * What the bank has taken from the account as a whole, of whosever cash; empty if it breaks
   * nothing.
   */
  public Optional<Cents> breachOfAccount() {
    return unexplained.breakCover()
        ? Optional.of(new Cents(unexplained.cents()))
        : Optional.empty();
  }
}
