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
 * Takes a slip back, as long as no settlement run has taken it.
 *
 * <p>Its boundary: the slip, which is withdrawn once; the runs of every programme in it, so that
 * either a run pays it or it is withdrawn; its batches, since a cheque opposed meanwhile does not
 * become live; and its cheques one by one, which a reversal changes.
 *
 * <p>The road not taken: refusing from the first midnight on. A midnight at which no run takes the
 * slip is not the cut-off that takes it: with a monthly calendar a venue would have lost its right
 * weeks before the slip is paid.
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
                "ask the operator to reverse the other lines that are wrong"));
      }
    }
    for (Serial cheque : cheques) {
      if (batch(cheque).isExpired()) {
        return Decision.refuse(
            SlipRefusal.SLIP_HAS_EXPIRED_CHEQUES.because(
                "reference",
                "slip %s cannot be withdrawn, the order of its cheque %s has expired"
                    .formatted(slip.reference(), cheque),
                "ask the operator to reverse the lines that are wrong"));
      }
    }
    // Of a slip without an accepted line there is nothing to take.
    if (!cheques.isEmpty() && !register.isOpen(c.position())) {
      return Decision.refuse(
          SlipRefusal.SLIP_IN_SETTLEMENT.because(
              "reference",
              (slip.owed().isEmpty()
                      ? "slip %s can be withdrawn before its cut-off, and a settlement run of that"
                          + " cut-off is opened, though nothing is owed for the slip"
                      : "slip %s can be withdrawn before the cut-off that takes it, and a"
                          + " settlement run has taken it")
                  .formatted(slip.reference()),
              "ask the operator to reverse the lines that are wrong"));
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
    slip.waived().forEach(part -> looked.add("runs:" + part.programme()));
    return Decision.accept(fact, new Boundary(looked, fact.chequesTouched()), fact);
  }

  private IssuedBatch batch(Serial cheque) {
    return register.known(cheque.batch());
  }
}
