package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import fr.passnumerique.clearing.refund.RefundRegister.Sent;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By the rules of a settlement's transfer ({@code rejectTransfer}). Boundary: the transfer, which
 * has one end. Which account it closes was fixed when it was ordered, and what was handed out stays
 * so.
 */
final class RejectRefundDecision implements Decider<RejectRefund, RefundRejected> {
  /** ISO 20022 {@code ExternalStatusReason1Code}: the list is the bank's, the form is fixed. */
  private static final Pattern REASON = Pattern.compile("[A-Z0-9]{4}");

  private final RefundRegister register;

  RejectRefundDecision(RefundRegister register) {
    this.register = register;
  }

  @Override
  public Class<RejectRefund> command() {
    return RejectRefund.class;
  }

  @Override
  public Decision<RefundRejected> decide(RejectRefund c, Instant receivedAt) {
    Order order = register.order(c.order());
    if (order == null) {
      return Decision.refuse(ReleaseRefundsDecision.unknown(c.order()));
    }
    Sent sent = register.transfer(c.transfer());
    if (sent == null || !sent.order().equals(c.order())) {
      return Decision.refuse(
          RefundRefusal.UNKNOWN_TRANSFER.because(
              "transferId",
              "refund order %s has no transfer %s".formatted(c.order(), c.transfer()),
              "read the refund orders for their transfers"));
    }
    Refusal unreleased = DownloadRefundFileDecision.unreleased(order);
    if (unreleased != null) {
      return Decision.refuse(unreleased);
    }
    return switch (sent.standing()) {
      case ORDERED -> reject(c, order, sent, receivedAt);
      case REJECTED -> new Decision.Known<>(sent.endedAt(), recorded -> reply(c, recorded));
      case EXECUTED, CONFIRMED -> Decision.refuse(paid(c.transfer(), sent));
      case RETURNED -> Decision.refuse(rejected(c.transfer(), "came back", sent));
      default ->
          throw new IllegalStateException(
              "refund %s of a released order is %s".formatted(c.transfer(), sent.standing()));
    };
  }

  private static Decision<RefundRejected> reject(
      RejectRefund c, Order order, Sent sent, Instant receivedAt) {
    if (!order.isHandedOut()) {
      return Decision.refuse(
          RefundRefusal.FILE_NEVER_HANDED_OUT.because(
              "orderId",
              "the file of refund order %s was never handed out, so the bank has not heard of refund %s"
                  .formatted(c.order(), c.transfer()),
              "download the file (downloadRefundFile) and take it to the bank, or cancel the order"
                  + " (cancelRefunds): its notes can be ordered again"));
    }
    LocalDate first = Paris.dayOf(order.releasedOn().orElseThrow());
    LocalDate last = Paris.dayOf(receivedAt);
    if (c.rejectedOn().isBefore(first) || c.rejectedOn().isAfter(last)) {
      return Decision.refuse(
          RefundRefusal.DATE_OUT_OF_RANGE.because(
              "rejectedOn",
              "the order was released on %s and today is %s, so %s is not the bank's day"
                  .formatted(first, last, c.rejectedOn()),
              "copy the date from the bank's message"));
    }
    if (!REASON.matcher(c.reason()).matches()) {
      // The reason is not repeated: free text may name a person.
      return Decision.refuse(
          RefundRefusal.UNKNOWN_REASON.because(
              "reason",
              "a reason is an ISO 20022 status reason code of four capitals or digits",
              "copy the code from the bank's message, such as AC04 for a closed account"));
    }
    RefundRejected rejected = sent.rejected(c.rejectedOn(), c.reason());
    return Decision.accept(rejected, Boundary.of("transfer:" + c.transfer()), rejected);
  }

  private static Decision.Reply<RefundRejected> reply(RejectRefund c, Fact recorded) {
    RefundRejected rejected = (RefundRejected) recorded;
    return rejected.rejectedOn().equals(c.rejectedOn()) && rejected.reason().equals(c.reason())
        ? new Decision.Reply.Same<>(rejected)
        : new Decision.Reply.Different<>(
            refusal(c.transfer(), "was rejected", rejected.rejectedOn(), rejected.reason()));
  }

  private static Refusal paid(TransferId transfer, Sent sent) {
    if (sent.isConfirmedByHand()) {
      return RefundRefusal.TRANSFER_ALREADY_CONFIRMED.because(
          "transferId",
          "a clerk recorded that refund %s was paid on %s"
              .formatted(transfer, sent.endedOn().orElse(null)),
          "take that back first if the bank never showed its debit (takeRefundBack); if it did,"
              + " import the entry with which it comes back");
    }
    return RefundRefusal.TRANSFER_ALREADY_CONFIRMED.because(
        "transferId",
        "refund %s was paid by the bank's word on %s"
            .formatted(transfer, sent.endedOn().orElse(null)),
        "import the entry with which it comes back, if it does; where the bank says that it has not"
            + " executed it after all and never showed its debit, take that back (takeRefundBack)");
  }

  private static Refusal rejected(TransferId transfer, String how, Sent sent) {
    return refusal(transfer, how, sent.endedOn().orElse(null), sent.reason().orElse(""));
  }

  private static Refusal refusal(
      TransferId transfer, String how, @Nullable LocalDate on, String reason) {
    return RefundRefusal.TRANSFER_ALREADY_REJECTED.because(
        "transferId",
        "refund %s %s on %s for %s".formatted(transfer, how, on, reason),
        "its credit note can be ordered again, once the funder has an account");
  }
}
