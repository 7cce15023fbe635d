package fr.passnumerique.clearing.budget;

import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is issued, activated and redeemed at each funder's cost, per agreement. */
final class BudgetRegister implements Register, AskedShares.Known {
  private final SortedMap<Key, Spending> spending = new TreeMap<>();
  private final Set<FunderId> funders = new HashSet<>();
  private final CalledFunds called = new CalledFunds();
  private long position;

  /** One funder's share of one agreement. */
  record Key(String agreement, String funder) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::agreement).thenComparing(Key::funder);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    this.position = position;
    called.fold(fact, position);
    switch (fact) {
      case FunderRegistered f -> funders.add(f.funder());
      case AgreementTerms f ->
          f.shares()
              .forEach(
                  share ->
                      of(f.agreement().value(), share.funder().value())
                          .limit(share.ceilingCents()));
      // A replacement's cents were issued with the cheques that it replaces.
      case ChequesIssued f when f.inherited().isEmpty() ->
          f.shares()
              .forEach(
                  part -> of(part.agreement().value(), part.funder().value()).issue(part.cents()));
      case ChequesActivated f -> {
        LocalDate day = Paris.dayOf(recordedAt);
        f.shares()
            .forEach(
                part ->
                    of(part.agreement().value(), part.funder().value())
                        .activate(day, part.cents()));
      }
      case SlipJudged f -> redeem(f.owed(), 1);
      case SlipWithdrawn f -> redeem(f.owed(), -1);
      // A void cheque costs nobody anything, also while its cents are to be recovered.
      case LinesReversed f -> f.lines().forEach(line -> redeem(line.parts(), -1));
      case ReversalLifted f -> f.lines().forEach(line -> redeem(line.parts(), 1));
      default -> {}
    }
  }

  private void redeem(List<SpentCents> parts, int sign) {
    for (SpentCents part : parts) {
      of(part.agreement().value(), part.funder().value()).redeem(sign * part.cents());
    }
  }

  private Spending of(String agreement, String funder) {
    return spending.computeIfAbsent(new Key(agreement, funder), _ -> new Spending());
  }

  SortedMap<Key, Spending> spending() {
    return spending;
  }

  /** Called of the funder and not received, in cents. */
  long called(Key key) {
    return called.openCents(new AgreementId(key.agreement()), new FunderId(key.funder()));
  }

  @Override
  public boolean knowsFunder(FunderId funder) {
    return funders.contains(funder);
  }

  @Override
  public boolean knowsAgreement(AgreementId agreement) {
    return spending.keySet().stream().anyMatch(key -> key.agreement().equals(agreement.value()));
  }

  /** Whether the funder has a share of its own: a budget is of shares. */
  @Override
  public boolean isParty(AgreementId agreement, FunderId funder) {
    return spending.containsKey(new Key(agreement.value(), funder.value()));
  }

  long position() {
    return position;
  }
}
