package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.AccountsInForce;
import fr.passnumerique.clearing.refund.RefundRegister.Order;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.TargetCalendar;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second pair of eyes. Boundary: the order, which is released or cancelled once, the accounts
 * of all payees, since the bank closes an IBAN for all who are paid to it, and all that the bank
 * says, which may have paid a note already.
 */
final class ReleaseRefundsDecision implements Decider<ReleaseRefunds, RefundsReleased> {
  /** What to do with an order that takes such a note, before what the doubt says. */
  static final String CANCELLED_FIRST = "cancel the order, and order its other notes again; then ";

  private final RefundRegister register;
  private final RefundWord word;
  private final DoubtfulTransfers doubtful;

  ReleaseRefundsDecision(RefundRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.word = new RefundWord(register);
    this.doubtful = doubtful;
  }

  @Override
  public Class<ReleaseRefunds> command() {
    return ReleaseRefunds.class;
  }

  @Override
  public Decision<RefundsReleased> decide(ReleaseRefunds c, Instant receivedAt) {
    Order order = register.order(c.order());
    if (order == null) {
      return Decision.refuse(unknown(c.order()));
    }
    if (order.cancelledAt() != 0) {
      return Decision.refuse(cancelled(c.order()));
    }
    if (order.releasedAt() != 0) {
      return new Decision.Known<>(
          order.releasedAt(), fact -> new Decision.Reply.Same<>((RefundsReleased) fact));
    }
    Refusal changed = changed(order.fact());
    if (changed != null) {
      return Decision.refuse(changed);
    }
    Refusal paid = paidAlready(order.fact());
    if (paid != null) {
      return Decision.refuse(paid);
    }
    Set<String> looked = new HashSet<>(AccountsInForce.TAGS);
    looked.add(RefundsOrdered.tag(c.order()));
    looked.add(DoubtfulTransfers.TAG);
    RefundsReleased released =
        new RefundsReleased(c.order(), c.by(), TargetCalendar.next(Paris.dayOf(receivedAt)));
    return Decision.bySecondPerson(
        Set.of(order.fact().orderedBy()),
        c.by(),
        RefundRefusal.SECOND_PERSON_REQUIRED.because(
            "orderId",
            "order %s was made by you, and who orders refunds does not release them"
                .formatted(c.order()),
            "have another clerk release it"),
        () -> Decision.accept(released, Boundary.of(looked), released));
  }

  /** Why what was ordered would go to an account that is not in force any more; null if not. */
  private @Nullable Refusal changed(RefundsOrdered ordered) {
    for (RefundsOrdered.Transfer transfer : ordered.transfers()) {
      if (!transfer.account().equals(register.account(transfer.funder()))) {
        return RefundRefusal.FUNDER_ACCOUNT_CHANGED.because(
            "orderId",
            "account %s, to which order %s refunds funder %s, is not in force any more"
                .formatted(transfer.account(), ordered.order(), transfer.funder()),
            "cancel the order and order its credit notes again");
      }
    }
    return null;
  }

  /** Why the bank may have refunded one of the notes already; null if it has not. */
  private @Nullable Refusal paidAlready(RefundsOrdered ordered) {
    List<TransferId> transfers =
        ordered.transfers().stream().map(RefundsOrdered.Transfer::transfer).toList();
    return doubtful
        .paidAgain(transfers, word)
        .map(
            twice ->
                RefundRefusal.MAY_BE_PAID_ALREADY.because(
                    "orderId",
                    "transfer %s would refund what may be refunded: %s"
                        .formatted(twice.again(), twice.doubt().because()),
                    CANCELLED_FIRST + twice.doubt().remedy()))
        .orElse(null);
  }

  static Refusal unknown(RefundOrderId order) {
    return RefundRefusal.UNKNOWN_REFUND_ORDER.because(
        "orderId",
        "refund order %s was never made".formatted(order),
        "read the refund orders for their names");
  }

  static Refusal cancelled(RefundOrderId order) {
    return RefundRefusal.REFUND_ORDER_CANCELLED.because(
        "orderId",
        "refund order %s was cancelled".formatted(order),
        "order the refunds under another identifier");
  }
}
