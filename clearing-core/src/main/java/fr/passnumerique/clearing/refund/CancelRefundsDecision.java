package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import java.time.Instant;

/** Boundary: the order, which is released or cancelled once. */
final class CancelRefundsDecision implements Decider<CancelRefunds, RefundsCancelled> {
  private final RefundRegister register;

  CancelRefundsDecision(RefundRegister register) {
    this.register = register;
  }

  @Override
  public Class<CancelRefunds> command() {
    return CancelRefunds.class;
  }

  @Override
  public Decision<RefundsCancelled> decide(CancelRefunds c, Instant receivedAt) {
    Order order = register.order(c.order());
    if (order == null) {
      return Decision.refuse(ReleaseRefundsDecision.unknown(c.order()));
    }
    if (order.cancelledAt() != 0) {
      return new Decision.Known<>(
          order.cancelledAt(), fact -> new Decision.Reply.Same<>((RefundsCancelled) fact));
    }
    if (order.releasedAt() != 0) {
      return Decision.refuse(
          RefundRefusal.REFUND_ORDER_RELEASED.because(
              "orderId",
              "refund order %s is released, and the bank may pay it".formatted(c.order()),
              "wait for the bank's word"));
    }
    RefundsCancelled cancelled =
        new RefundsCancelled(
            c.order(),
            order.fact().transfers().stream().map(RefundsOrdered.Transfer::creditNote).toList(),
            c.by());
    return Decision.accept(cancelled, Boundary.of(cancelled.tags()), cancelled);
  }
}
