package fr.passnumerique.clearing.giveback;

import static fr.passnumerique.clearing.giveback.GiveBackRefusal.GIVE_BACK_REFUNDED;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.REFUND_UNDER_WAY;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.UNKNOWN_GIVE_BACK;

import fr.passnumerique.clearing.giveback.GiveBackRegister.GiveBack;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Boundary: the give-back and its credit note, which whatever refunds it names; and its agreement,
 * whose credit grows.
 */
final class CancelGiveBackDecision implements Decider<CancelGiveBack, GiveBackCancelled> {
  private final GiveBackRegister register;

  CancelGiveBackDecision(GiveBackRegister register) {
    this.register = register;
  }

  @Override
  public Class<CancelGiveBack> command() {
    return CancelGiveBack.class;
  }

  @Override
  public Decision<GiveBackCancelled> decide(CancelGiveBack c, Instant receivedAt) {
    GiveBack made = register.giveBack(c.giveBack());
    if (made == null) {
      return Decision.refuse(
          UNKNOWN_GIVE_BACK.because(
              "giveBackId",
              "give-back %s was never made".formatted(c.giveBack()),
              "correct the identifier"));
    }
    if (made.cancelledAt() != 0) {
      return new Decision.Known<>(
          made.cancelledAt(), fact -> new Decision.Reply.Same<>((GiveBackCancelled) fact));
    }
    CreditGivenBack given = made.fact();
    LocalDate refundedOn = register.refundedOn(given.creditNote());
    if (refundedOn != null) {
      return Decision.refuse(
          GIVE_BACK_REFUNDED.because(
              "giveBackId",
              "give-back %s was refunded on %s".formatted(c.giveBack(), refundedOn),
              "call the funds again if they are needed"));
    }
    TransferId transfer = register.underWay(given.creditNote());
    if (transfer != null) {
      return Decision.refuse(
          REFUND_UNDER_WAY.because(
              "giveBackId",
              "transfer %s is to refund give-back %s, and its end is not known"
                  .formatted(transfer, c.giveBack()),
              "cancel its order if nobody has released it, or wait for the bank's word"));
    }
    GiveBackCancelled fact =
        new GiveBackCancelled(
            c.giveBack(),
            given.creditNote(),
            given.agreement(),
            given.programme(),
            given.funder(),
            given.amountCents(),
            c.by());
    return Decision.accept(fact, Boundary.of(fact.tags()), fact);
  }
}
