package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_ORDER;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.CreditRecovered.Credited;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.LineMoney;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The statement of an order tells what expired; what reversals bring back is credited apart, to
 * whoever paid it in and has agreed the statement, once nothing can take it away again: the
 * reversal was not contested in time or was upheld, the transfer that netted it is paid, and the
 * bank is not in doubt about one that took the line: it was the venue's money if that was paid.
 *
 * <p>A line that a debit note's payments have brought back in part waits for its rest: what has
 * come stays due back, and is in no note.
 *
 * <p>Of a share paid on use, whoever covers it paid it in: its pre-financier, until the funder has
 * repaid that. What it repaid beyond the uses that still count goes back to the funder, out of the
 * pre-financier's cash, as far as lines are credited.
 *
 * <p>Boundary: the order's procedure and notes, each reversal credited, what changes the reversed
 * lines of its venue, all that the bank says, and what the funders of a share paid on use have
 * paid. A slip accepted meanwhile is not in it: the funder owes its use again, and pays it with its
 * next payment. A contest recorded meanwhile makes it decide again; one that comes later finds the
 * line credited.
 */
final class CreditRecoveredDecision implements Decider<CreditRecovered, Credited> {
  private final ReversalRegister register;
  private final LineMoney money;
  private final DoubtfulTransfers doubtful;

  CreditRecoveredDecision(ReversalRegister register, LineMoney money, DoubtfulTransfers doubtful) {
    this.register = register;
    this.money = money;
    this.doubtful = doubtful;
  }

  @Override
  public Class<CreditRecovered> command() {
    return CreditRecovered.class;
  }

  @Override
  public Decision<Credited> decide(CreditRecovered command, Instant receivedAt) {
    Credits credits = register.credits();
    if (!credits.isIssued(command.order())) {
      return Decision.refuse(
          UNKNOWN_ORDER.because(
              "orderId",
              "order %s is not issued".formatted(command.order()),
              "correct the identifier"));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    Map<To, Note> notes = new LinkedHashMap<>();
    Map<Debtor, Long> overpaid = new HashMap<>();
    Set<Serial> inDoubt = money.reversedAsUnpaid(doubtful.doubtful());
    long waiting = 0;
    for (ReversalRegister.Line line : register.linesOf(credits.batch(command.order()))) {
      if (line.recovery() != Reversal.Recovery.DUE_BACK) {
        if (line.recovery() == Reversal.Recovery.ON_DEBIT_NOTE) {
          waiting = Math.addExact(waiting, line.paidOnNoteCents());
        }
        continue;
      }
      boolean isFinal = register.isBackForGood(line, today) && !inDoubt.contains(line.cheque());
      for (SpentCents part : line.voided().parts()) {
        FunderId owner = part.cashOwner();
        if (credits.isCredited(line.cheque(), owner)) {
          continue;
        }
        if (isFinal && credits.isAgreed(command.order(), owner)) {
          long own = part.advancedBy().isPresent() ? repaid(overpaid, part) : 0;
          if (own > 0) {
            notes
                .computeIfAbsent(new To(part.funder(), part.advancedBy()), _ -> new Note())
                .add(line, part, own, Optional.empty());
          }
          if (own < part.cents()) {
            notes
                .computeIfAbsent(new To(owner, Optional.empty()), _ -> new Note())
                .add(line, part, part.cents() - own, part.advancedBy());
          }
        } else {
          waiting = Math.addExact(waiting, part.cents());
        }
      }
    }
    if (notes.isEmpty()) {
      return new Decision.Unchanged<>(new Credited(command.order(), List.of(), waiting));
    }
    List<CreditNoteIssued> issued = new ArrayList<>();
    Set<String> looked = new HashSet<>(Set.of(DoubtfulTransfers.TAG));
    Map<FunderId, Integer> numbers = new HashMap<>();
    notes.forEach(
        (to, note) -> {
          int number =
              numbers.merge(
                  to.funder(),
                  credits.supplementary(command.order(), to.funder()) + 2,
                  (last, _) -> last + 1);
          issued.add(note.issue(command.order(), to, number, today));
        });
    issued.forEach(note -> looked.addAll(note.tags()));
    overpaid.keySet().forEach(debtor -> looked.add("agreement:" + debtor.agreement()));
    return new Decision.Accept<>(
        List.<Fact>copyOf(issued),
        Boundary.of(looked),
        new Credited(command.order(), List.copyOf(issued), waiting));
  }

  /** As much of a part as its funder had repaid for uses that do not count any more. */
  private long repaid(Map<Debtor, Long> overpaid, SpentCents part) {
    Debtor debtor = new Debtor(part.agreement(), part.funder());
    long left =
        overpaid.computeIfAbsent(
            debtor,
            _ -> Math.max(0, -register.paidEarly().debts().cents(part.agreement(), part.funder())));
    long own = Math.min(left, part.cents());
    overpaid.put(debtor, left - own);
    return own;
  }

  private record Debtor(AgreementId agreement, FunderId funder) {}

  /**
   * @param preFinancier out of whose cash it is given back, if it is not the funder's own
   */
  private record To(FunderId funder, Optional<FunderId> preFinancier) {}

  /** What one owner is to have back. */
  private static final class Note {
    private final Map<FundedCents, Long> sums = new LinkedHashMap<>();
    private final Set<CreditNoteIssued.Recovered> lines = new LinkedHashSet<>();

    void add(
        ReversalRegister.Line line, SpentCents part, long cents, Optional<FunderId> advancedBy) {
      FundedCents funded =
          new FundedCents(
              part.programme(),
              part.agreement(),
              part.keyVersion(),
              part.fundingDepartement(),
              part.funder(),
              0,
              advancedBy);
      sums.merge(funded, cents, Math::addExact);
      lines.add(new CreditNoteIssued.Recovered(line.reversal(), line.venue(), line.cheque()));
    }

    CreditNoteIssued issue(OrderId order, To to, int number, LocalDate today) {
      return new CreditNoteIssued(
          CreditNoteId.supplementary(order, to.funder(), number),
          order,
          to.funder(),
          sums.values().stream().reduce(0L, Math::addExact),
          today,
          sums.entrySet().stream().map(sum -> sum.getKey().withCents(sum.getValue())).toList(),
          List.copyOf(lines),
          to.preFinancier());
    }
  }
}
