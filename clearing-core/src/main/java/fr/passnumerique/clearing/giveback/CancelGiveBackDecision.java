package fr.passnumerique.clearing.giveback;

import static fr.passnumerique.clearing.giveback.GiveBackRefusal.GIVE_BACK_REFUNDED;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.MAY_BE_PAID_ALREADY;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.REFUND_UNDER_WAY;
import static fr.passnumerique.clearing.giveback.GiveBackRefusal.UNKNOWN_GIVE_BACK;

import fr.passnumerique.clearing.giveback.GiveBackRegister.GiveBack;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Doubt;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Not while the bank may have refunded it: its cents would be free and gone. What is free again
 * pays at once what its funder owes for used cheques.
 *
 * <p>Boundary: the give-back and its credit note, which whatever refunds it names; its agreement,
 * whose credit grows and pays; and all that the bank says.
 */
final class CancelGiveBackDecision implements Decider<CancelGiveBack, GiveBackCancelled> {
  private final GiveBackRegister register;
  private final DoubtfulTransfers doubtful;

  CancelGiveBackDecision(GiveBackRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
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
              "copy the identifier from the give-back's answer"));
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
              "call the funds again (callFunds) if they are needed; what a clerk recorded and the"
                  + " bank never showed is taken back first (takeRefundBack)"));
    }
    TransferId transfer = register.underWay(given.creditNote());
    if (transfer != null) {
      return Decision.refuse(
          REFUND_UNDER_WAY.because(
              "giveBackId",
              "transfer %s is to refund give-back %s, and its end is not known"
                  .formatted(transfer, c.giveBack()),
              "cancel its order (cancelRefunds) while nobody has downloaded its file, or wait for"
                  + " the bank's word"));
    }
    Optional<Doubt> doubt =
        doubtful.doubts().stream()
            .filter(one -> register.refunds(one.transfer(), given.creditNote()))
            .findFirst();
    if (doubt.isPresent()) {
      return Decision.refuse(
          MAY_BE_PAID_ALREADY.because(
              "giveBackId",
              "give-back %s may be refunded: %s".formatted(c.giveBack(), doubt.get().because()),
              doubt.get().remedy()));
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
    Set<String> looked = new HashSet<>(fact.tags());
    looked.add(DoubtfulTransfers.TAG);
    List<Fact> facts = new ArrayList<>();
    facts.add(fact);
    facts.addAll(register.paidEarly().repayments(CreditGivenBack.tag(c.giveBack()), List.of(fact)));
    return new Decision.Accept<>(facts, Boundary.of(looked), fact);
  }
}
