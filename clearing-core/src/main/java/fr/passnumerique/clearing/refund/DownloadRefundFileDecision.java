package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each handing out of an order's file, and that it is the same as the first time. By the
 * rules of a settlement's file: what has an end before the first handing out is left out of it, and
 * it is not handed out while it would pay again what the bank may have paid, nor for the first time
 * while the bank has debited one of it in a way that nobody has explained. Boundary: the file, the
 * order, which is released, or cancelled instead of this, and all that the bank says, which ends
 * transfers before the first handing out; and its notes, which a clerk may have refunded by hand.
 */
final class DownloadRefundFileDecision
    implements Decider<DownloadRefundFile, RefundFileDownloaded> {
  private final RefundRegister register;
  private final RefundWord word;
  private final DoubtfulTransfers doubtful;

  DownloadRefundFileDecision(RefundRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.word = new RefundWord(register);
    this.doubtful = doubtful;
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
    List<TransferId> leftOut = register.leftOut(order);
    Refusal ended = ended(order, leftOut);
    if (ended == null && !leftOut.equals(c.leftOut())) {
      ended =
          RefundRefusal.TRANSFER_ENDED.because(
              "orderId",
              "a transfer of refund order %s came to its end while the file that orders it was made"
                  .formatted(c.order()),
              "download the file again: it is made without it");
    }
    if (ended == null) {
      ended = paidAlready(order, leftOut);
    }
    if (ended == null && !order.isHandedOut()) {
      ended = unexplained(register, doubtful, order);
    }
    if (ended != null) {
      return Decision.refuse(ended);
    }
    RefundFileDownloaded downloaded =
        new RefundFileDownloaded(c.order(), c.by(), c.messageId(), c.sha256(), leftOut);
    Set<String> looked = new HashSet<>(order.fact().tags());
    looked.add(RefundFileDownloaded.tag(c.order()));
    looked.add(DoubtfulTransfers.TAG);
    return Decision.accept(downloaded, Boundary.of(looked), downloaded);
  }

  /** Why nothing is left to order from the bank; null if something is. */
  static @Nullable Refusal ended(Order order, List<TransferId> leftOut) {
    return leftOut.size() == order.fact().transfers().size()
        ? RefundRefusal.TRANSFER_ENDED.because(
            "orderId",
            "every transfer of refund order %s has come to its end, and the file that orders them was never handed out"
                .formatted(order.fact().order()),
            "nothing is left to order: read the refund orders for what became of them")
        : null;
  }

  /** Why the bank may have refunded one of the notes already; null if it has not. */
  private @Nullable Refusal paidAlready(Order order, List<TransferId> leftOut) {
    List<TransferId> ordered =
        order.fact().transfers().stream()
            .map(RefundsOrdered.Transfer::transfer)
            .filter(id -> !leftOut.contains(id))
            .toList();
    return doubtful
        .paidAgain(ordered, word)
        .map(
            twice ->
                RefundRefusal.MAY_BE_PAID_ALREADY.because(
                    "orderId",
                    "transfer %s would refund what may be refunded: %s"
                        .formatted(twice.again(), twice.doubt().because()),
                    remedy(order, twice)))
        .orElse(null);
  }

  /** The order gives its notes up only while nobody has its file. */
  private static String remedy(Order order, DoubtfulTransfers.Twice twice) {
    return order.isHandedOut()
        ? "match the bank's entry to transfer %s by matchBankEntry if it is what the bank has paid"
                .formatted(twice.again())
            + "; if the bank gives the money back, offset the two entries; if its debit and its"
            + " return are explained, close the bank's exception on it (closeBankException)"
        : ReleaseRefundsDecision.CANCELLED_FIRST + twice.doubt().remedy();
  }

  /**
   * Why the bank may have paid a refund of which nobody knows the end: it has debited it in a way
   * that nobody has explained. Null if it has not.
   */
  static @Nullable Refusal unexplained(
      RefundRegister register, DoubtfulTransfers doubtful, Order order) {
    return order.fact().transfers().stream()
        .filter(one -> register.isStanding(one.transfer(), Standing.ORDERED))
        .flatMap(
            one ->
                doubtful.debit(one.transfer()).stream()
                    .map(
                        debit ->
                            RefundRefusal.DEBIT_UNEXPLAINED.because(
                                "orderId",
                                debit.because(one.transfer().value(), one.amountCents()),
                                debit.remedy())))
        .findFirst()
        .orElse(null);
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
