package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What funders have paid in, as the facts of receipts, transfers and refunds alone say it, beside
 * what balances show; and whether these add up for each of them.
 */
final class PaidIn {
  private final Map<String, Map<String, Long>> byAgreement = new TreeMap<>();

  static PaidIn of(List<RecordedFact> facts) {
    PaidIn paidIn = new PaidIn();
    facts.forEach(recorded -> paidIn.fold(recorded));
    return paidIn;
  }

  private void fold(RecordedFact recorded) {
    switch (recorded.fact()) {
      case FundsReceived f -> add(f.agreement(), f.funder(), f.amountCents());
      case ReceiptTakenBack f -> add(f.agreement(), f.funder(), -f.amountCents());
      case FundsTransferred f -> {
        add(f.from(), f.funder(), -f.amountCents());
        add(f.to(), f.funder(), f.amountCents());
      }
      case CreditNoteRefunded f -> giveBack(f.parts(), f.free(), 1);
      case RefundReturned f -> giveBack(f.parts(), f.free(), -1);
      case RefundTakenBack f -> giveBack(f.parts(), f.free(), -1);
      default -> {}
    }
  }

  private void giveBack(List<FundedCents> parts, Optional<FreeCents> free, int sign) {
    parts.forEach(part -> add(part.agreement(), part.cashOwner(), -sign * part.cents()));
    free.ifPresent(of -> add(of.agreement(), of.funder(), -sign * of.cents()));
  }

  private void add(AgreementId agreement, FunderId funder, long cents) {
    byAgreement
        .computeIfAbsent(agreement.value(), _ -> new TreeMap<>())
        .merge(funder.value(), cents, Math::addExact);
  }

  /** Where balances show other cents, or do not add up: nowhere. */
  Set<String> differences(DataSource projections, Set<String> agreements) {
    BalancesQuery balances = new BalancesQuery(projections);
    Set<String> differences = new TreeSet<>();
    Balances all = read(balances, Filter.ALL, Grouping.FUNDER, Grouping.AGREEMENT);
    addsUp("all", all.totals(), differences);
    Objects.requireNonNull(all.funders())
        .forEach(of -> addsUp(of.funder(), of.amounts(), differences));
    Objects.requireNonNull(all.agreements())
        .forEach(of -> addsUp(of.agreement(), of.amounts(), differences));
    if (cents(all.totals().advancedCents()) != 0) {
      differences.add("advanced in all: " + all.totals().advancedCents());
    }
    for (String agreement : agreements) {
      Map<String, Long> expected = byAgreement.getOrDefault(agreement, Map.of());
      Filter filter = new Filter(null, null, agreement, null, null, null);
      for (Balances.OfFunder of :
          Objects.requireNonNull(read(balances, filter, Grouping.FUNDER).funders())) {
        String who = agreement + "/" + of.funder();
        addsUp(who, of.amounts(), differences);
        long shown = cents(of.amounts().paidInCents());
        long paid = expected.getOrDefault(of.funder(), 0L);
        if (shown != paid) {
          differences.add("%s paid in %d and is shown with %d".formatted(who, paid, shown));
        }
      }
    }
    return differences;
  }

  private static Balances read(BalancesQuery balances, Filter filter, Grouping... by) {
    return balances.read(filter, EnumSet.copyOf(List.of(by)), 0, AsOf.NOW);
  }

  private static void addsUp(String who, Amounts of, Set<String> differences) {
    long uses =
        cents(of.unallocatedCents())
            + cents(of.outstandingCents())
            + cents(of.dueBackCents())
            + cents(of.receivableCents())
            + of.redeemedCents()
            - cents(of.waivedCents())
            + of.untitledCents()
            + cents(of.advancedCents());
    if (cents(of.paidInCents()) != uses) {
      differences.add("%s paid in %d, used %d".formatted(who, of.paidInCents(), uses));
    }
  }

  private static long cents(@Nullable Long shown) {
    return shown == null ? 0 : shown;
  }
}
