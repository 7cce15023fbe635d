package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;
import java.util.Optional;

/**
 * As a confirmation by hand ({@code takeConfirmationBack}), by one clerk. Where a transfer was to
 * pay it, that holds the note until another word of the bank, or a clerk's, says what became of it.
 *
 * <p>Boundary: the note, its transfer, and all that the bank says, which may show the debit
 * meanwhile: a debit without a transfer is proof of the note by its name, and has no other tag.
 */
final class TakeRefundBackDecision implements Decider<TakeRefundBack, RefundTakenBack> {
  private final BankRegister register;

  TakeRefundBackDecision(BankRegister register) {
    this.register = register;
  }

  @Override
  public Class<TakeRefundBack> command() {
    return TakeRefundBack.class;
  }

  @Override
  public Decision<RefundTakenBack> decide(TakeRefundBack c, Instant receivedAt) {
    CreditNoteId note = c.creditNote();
    CreditNoteRefunded refund = register.recordedByHand(note);
    Long before = register.refundTakenBack(note, c.paidOn());
    if (before != null) {
      return new Decision.Known<>(before, fact -> reply((RefundTakenBack) fact, c));
    }
    if (refund == null) {
      return Decision.refuse(
          BankRefusal.REFUND_NOT_RECORDED.because(
              "creditNoteId",
              "no clerk has recorded that credit note %s was refunded".formatted(note),
              "read the credit notes for what was refunded (readCreditNotes); a return that the"
                  + " bank tells is imported"));
    }
    if (!refund.bookedOn().equals(c.paidOn())) {
      return Decision.refuse(
          BankRefusal.NOT_CONFIRMED.because(
              "paidOn",
              "credit note %s does not count as refunded on %s, but on %s"
                  .formatted(note, c.paidOn(), refund.bookedOn()),
              "read the credit notes for what has become of it (readCreditNotes)"));
    }
    if (register.isShown(refund)) {
      return Decision.refuse(
          BankRefusal.REFUND_SHOWN.because(
              "creditNoteId",
              "the debit that refunds credit note %s is on a statement of the bank".formatted(note),
              "have the bank correct its statement; what it tells no more is taken back by"
                  + " closeBankException"));
    }
    RefundTakenBack back =
        new RefundTakenBack(
            note,
            refund.funder(),
            refund.amountCents(),
            refund.bookedOn(),
            refund.parts(),
            refund.transfer().map(register::refundOrder),
            refund.transfer(),
            refund.transfer().flatMap(id -> Optional.ofNullable(register.refundExecutedOn(id))),
            refund.free(),
            c.reason(),
            c.by());
    return Decision.accept(back, Boundary.of(back.tags()), back);
  }

  private static Decision.Reply<RefundTakenBack> reply(RefundTakenBack recorded, TakeRefundBack c) {
    return recorded.reason() == c.reason()
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            BankRefusal.REFUND_ALREADY_TAKEN_BACK.because(
                "reason",
                "the refund of credit note %s was taken back for another reason, %s"
                    .formatted(c.creditNote(), recorded.reason()),
                "nothing is to be done"));
  }
}
