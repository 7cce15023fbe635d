package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_ORDER;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.CreditRecovered.Credited;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The statement of an order tells what expired; what reversals bring back is credited apart, to
 * whoever paid it in and has agreed the statement, once nothing can take it away again: the
 * reversal was not contested in time or was upheld, and the transfer that netted it is paid.
 *
 * <p>A line that a debit note's payments have brought back in part waits for its rest: what has
 * come stays due back, and is in no note.
 *
 * <p>Boundary: the order's procedure and notes, each reversal credited, and what changes the
 * reversed lines of its venue. A contest recorded meanwhile makes it decide again; one that comes
 * later finds the line credited.
 */
final class CreditRecoveredDecision implements Decider<CreditRecovered, Credited> {
  private final ReversalRegister register;

  CreditRecoveredDecision(ReversalRegister register) {
    this.register = register;
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
    Map<FunderId, Note> notes = new LinkedHashMap<>();
    long waiting = 0;
    for (ReversalRegister.Line line : register.linesOf(credits.batch(command.order()))) {
      if (line.recovery() != Reversal.Recovery.DUE_BACK) {
        if (line.recovery() == Reversal.Recovery.ON_DEBIT_NOTE) {
          waiting = Math.addExact(waiting, line.paidOnNoteCents());
        }
        continue;
      }
      boolean isFinal = register.isFinal(line) && register.isBeyondContest(line.reversal(), today);
      for (SpentCents part : line.voided().parts()) {
        FunderId owner = part.cashOwner();
        if (credits.isCredited(line.cheque(), owner)) {
          continue;
        }
        if (isFinal && credits.isAgreed(command.order(), owner)) {
          notes.computeIfAbsent(owner, _ -> new Note()).add(line, part);
        } else {
          waiting = Math.addExact(waiting, part.cents());
        }
      }
    }
    if (notes.isEmpty()) {
      return new Decision.Unchanged<>(new Credited(command.order(), List.of(), waiting));
    }
    List<CreditNoteIssued> issued = new ArrayList<>();
    Set<String> looked = new HashSet<>();
    notes.forEach((owner, note) -> issued.add(note.issue(command.order(), owner, credits, today)));
    issued.forEach(note -> looked.addAll(note.tags()));
    return new Decision.Accept<>(
        List.<Fact>copyOf(issued),
        Boundary.of(looked),
        new Credited(command.order(), List.copyOf(issued), waiting));
  }

  /** What one owner is to have back. */
  private static final class Note {
    private final Map<FundedCents, Long> sums = new LinkedHashMap<>();
    private final Set<CreditNoteIssued.Recovered> lines = new LinkedHashSet<>();

    void add(ReversalRegister.Line line, SpentCents part) {
      FundedCents funded =
          new FundedCents(
              part.programme(),
              part.agreement(),
              part.keyVersion(),
              part.fundingDepartement(),
              part.funder(),
              0,
              part.advancedBy());
      sums.merge(funded, part.cents(), Math::addExact);
      lines.add(new CreditNoteIssued.Recovered(line.reversal(), line.venue(), line.cheque()));
    }

    CreditNoteIssued issue(OrderId order, FunderId owner, Credits credits, LocalDate today) {
      return new CreditNoteIssued(
          CreditNoteId.supplementary(order, owner, credits.supplementary(order, owner) + 2),
          order,
          owner,
          sums.values().stream().reduce(0L, Math::addExact),
          today,
          sums.entrySet().stream().map(sum -> sum.getKey().withCents(sum.getValue())).toList(),
          List.copyOf(lines));
    }
  }
}
