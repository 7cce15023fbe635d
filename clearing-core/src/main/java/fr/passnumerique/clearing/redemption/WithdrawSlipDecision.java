package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.issuance.SumOfCheques;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.redemption.RedemptionRegister.Withdrawal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a slip back, as long as no settlement run has taken it. No run takes one for which nothing
 * is owed, as its lines are rejected or waived: that can be taken back until an order of its
 * cheques has expired.
 *
 * <p>Its boundary: the slip, which is withdrawn once; the runs of every programme in it, so that
 * either a run pays it or it is withdrawn; its batches, since a cheque opposed meanwhile does not
 * become live; and its cheques one by one, which a reversal changes.
 *
 * <p>The road not taken: refusing from the first midnight on. A midnight at which no run takes the
 * slip is not the cut-off that takes it: with a monthly calendar a venue would have lost its right
 * weeks before the slip is paid. Nor is, of a slip that is waived whole, the cut-off of other
 * slips: a programme whose venues all waive has no run, and what others are owed says nothing of
 * this slip. Refused, its lines could not be corrected at all, for nothing is to be reversed.
 */
final class WithdrawSlipDecision implements Decider<WithdrawSlip, SlipWithdrawn> {
  private final RedemptionRegister register;

  WithdrawSlipDecision(RedemptionRegister register) {
    this.register = register;
  }

  @Override
  public Class<WithdrawSlip> command() {
    return WithdrawSlip.class;
  }

  @Override
  public Decision<SlipWithdrawn> decide(WithdrawSlip c, Instant receivedAt) {
    Withdrawal withdrawn = register.withdrawal(c.position());
    if (withdrawn != null) {
      return new Decision.Known<>(
          withdrawn.position(), fact -> new Decision.Reply.Same<>((SlipWithdrawn) fact));
    }
    SlipJudged slip = c.slip();
    List<Serial> cheques = slip.acceptedCheques();
    for (Serial cheque : cheques) {
      if (batch(cheque).isVoid(cheque.ordinal())) {
        return Decision.refuse(
            SlipRefusal.SLIP_HAS_VOID_CHEQUES.because(
                "reference",
                "slip %s cannot be withdrawn, its line with cheque %s was reversed"
                    .formatted(slip.reference(), cheque),
                remedy(slip)));
      }
    }
    for (Serial cheque : cheques) {
      if (batch(cheque).isExpired()) {
        return Decision.refuse(
            SlipRefusal.SLIP_HAS_EXPIRED_CHEQUES.because(
                "reference",
                "slip %s cannot be withdrawn, the order of its cheque %s has expired"
                    .formatted(slip.reference(), cheque),
                remedy(slip)));
      }
    }
    if (!slip.owed().isEmpty() && !register.isOpen(c.position())) {
      return Decision.refuse(
          SlipRefusal.SLIP_IN_SETTLEMENT.because(
              "reference",
              "slip %s can be withdrawn before the cut-off that takes it, and a settlement run has taken it"
                  .formatted(slip.reference()),
              remedy(slip)));
    }
    List<Serial> opposed = new ArrayList<>();
    SumOfCheques dueBack = new SumOfCheques();
    for (Serial cheque : cheques) {
      if (batch(cheque).isOpposed(cheque.ordinal())) {
        opposed.add(cheque);
        dueBack.add(batch(cheque).cents(), cheque.ordinal(), cheque.ordinal());
      }
    }
    SlipWithdrawn fact =
        new SlipWithdrawn(
            slip.venue(),
            slip.reference(),
            c.position(),
            receivedAt.truncatedTo(ChronoUnit.MICROS),
            cheques,
            slip.owed(),
            opposed,
            dueBack.shares(),
            slip.waived());
    Set<String> looked = new HashSet<>(fact.tags());
    cheques.forEach(cheque -> looked.add("batch:" + cheque.batch()));
    return Decision.accept(fact, new Boundary(looked, fact.chequesTouched()), fact);
  }

  /** Reversals are for what was paid, or is to be: of waived lines they are refused. */
  private static String remedy(SlipJudged slip) {
    if (slip.owed().isEmpty()) {
      return "nothing is left to do: nothing was paid for its lines, and their value is due back to"
          + " the funders";
    }
    String reverse = "ask the operator to reverse the lines that are wrong";
    List<Integer> waived = slip.waivedLines();
    return waived.isEmpty()
        ? reverse
        : "%s; line %d needs none, the venue waives it".formatted(reverse, waived.getFirst());
  }

  private IssuedBatch batch(Serial cheque) {
    return register.known(cheque.batch());
  }
}
