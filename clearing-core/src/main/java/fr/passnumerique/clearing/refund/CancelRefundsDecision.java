package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As with settlement runs, a released order too as long as nobody was given its file; what the bank
 * debited of it all the same stays refunded. Boundary: the order, which is released, handed out or
 * cancelled, and its notes; if it was released, all that the bank says, which may debit them.
 */
final class CancelRefundsDecision implements Decider<CancelRefunds, RefundsCancelled> {
  private final RefundRegister register;
  private final DoubtfulTransfers doubtful;

  CancelRefundsDecision(RefundRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
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
      Refusal released = refusalOfReleased(order);
      if (released != null) {
        return Decision.refuse(released);
      }
    }
    List<CreditNoteId> open = new ArrayList<>();
    for (RefundsOrdered.Transfer transfer : order.fact().transfers()) {
      if (register.isUndecided(transfer.transfer())) {
        open.add(transfer.creditNote());
      }
    }
    RefundsCancelled cancelled = new RefundsCancelled(c.order(), open, c.by());
    Set<String> looked = new HashSet<>(cancelled.tags());
    if (order.releasedAt() != 0) {
      looked.addAll(order.fact().tags());
      looked.add(RefundFileDownloaded.tag(c.order()));
      looked.add(DoubtfulTransfers.TAG);
    }
    return Decision.accept(cancelled, Boundary.of(looked), cancelled);
  }

  private @Nullable Refusal refusalOfReleased(Order order) {
    RefundOrderId id = order.fact().order();
    if (order.isHandedOut()) {
      return RefundRefusal.REFUND_ORDER_RELEASED.because(
          "orderId",
          "the file of refund order %s was handed out, and the bank may pay it".formatted(id),
          RefundRefusal.UNTIL_THE_BANK_SAYS);
    }
    Refusal ended = DownloadRefundFileDecision.ended(order, register.leftOut(order));
    if (ended != null) {
      return ended;
    }
    // What the bank may have paid is not due again before somebody says what its debit was.
    return DownloadRefundFileDecision.unexplained(register, doubtful, order);
  }
}
