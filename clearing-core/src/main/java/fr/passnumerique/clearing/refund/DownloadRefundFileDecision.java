package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each handing out of an order's file, and that it is the same as the first time. Boundary:
 * the file, and the order, which is released for ever.
 */
final class DownloadRefundFileDecision
    implements Decider<DownloadRefundFile, RefundFileDownloaded> {
  private final RefundRegister register;

  DownloadRefundFileDecision(RefundRegister register) {
    this.register = register;
  }

  @Override
  public Class<DownloadRefundFile> command() {
    return DownloadRefundFile.class;
  }

  @Override
  public Decision<RefundFileDownloaded> decide(DownloadRefundFile c, Instant receivedAt) {
    Order order = register.order(c.order());
    if (order == null) {
      return Decision.refuse(ReleaseRefundsDecision.unknown(c.order()));
    }
    Refusal unreleased = unreleased(order);
    if (unreleased != null) {
      return Decision.refuse(unreleased);
    }
    if (!order.downloads().isEmpty() && !order.downloads().getFirst().sha256().equals(c.sha256())) {
      return Decision.refuse(
          RefundRefusal.FILE_DIFFERS.because(
              "orderId",
              "the file of refund order %s was handed out and would be another one now"
                  .formatted(c.order()),
              "set pass.operator.* back to what it was then, or send the copy you have"));
    }
    RefundFileDownloaded downloaded =
        new RefundFileDownloaded(c.order(), c.by(), c.messageId(), c.sha256());
    return Decision.accept(
        downloaded,
        Boundary.of(RefundFileDownloaded.tag(c.order()), RefundsOrdered.tag(c.order())),
        downloaded);
  }

  static @Nullable Refusal unreleased(Order order) {
    RefundOrderId id = order.fact().order();
    if (order.cancelledAt() != 0) {
      return ReleaseRefundsDecision.cancelled(id);
    }
    return order.releasedAt() == 0
        ? RefundRefusal.REFUND_ORDER_NOT_RELEASED.because(
            "orderId",
            "nobody has released refund order %s".formatted(id),
            "have another clerk release it")
        : null;
  }
}
