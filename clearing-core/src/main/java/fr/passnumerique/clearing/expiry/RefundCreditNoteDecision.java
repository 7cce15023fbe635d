package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.expiry.EndingOrder.Recorded;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Decision.Reply;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import java.time.Instant;
import java.time.LocalDate;

/** Looks at the credit note alone: it is refunded once, whole. */
final class RefundCreditNoteDecision implements Decider<RefundCreditNote, CreditNoteRefunded> {
  private final ExpiryRegister register;

  RefundCreditNoteDecision(ExpiryRegister register) {
    this.register = register;
  }

  @Override
  public Class<RefundCreditNote> command() {
    return RefundCreditNote.class;
  }

  @Override
  public Decision<CreditNoteRefunded> decide(RefundCreditNote c, Instant receivedAt) {
    Recorded<CreditNoteIssued> note = register.creditNote(c.creditNote());
    if (note == null) {
      return Decision.refuse(
          ExpiryRefusal.UNKNOWN_CREDIT_NOTE.because(
              "creditNote",
              "credit note %s is not issued".formatted(c.creditNote()),
              "copy it from the order's statement"));
    }
    CreditNoteIssued issued = note.fact();
    CreditNoteRefunded fact =
        new CreditNoteRefunded(
            c.creditNote(), issued.funder(), issued.amountCents(), c.bookedOn(), issued.parts());
    Recorded<CreditNoteRefunded> refund = register.refund(c.creditNote());
    if (refund != null) {
      return new Decision.Known<>(
          refund.position(),
          recorded ->
              recorded.equals(fact)
                  ? new Reply.Same<>(fact)
                  : new Reply.Different<>(
                      ExpiryRefusal.CREDIT_NOTE_ALREADY_REFUNDED.because(
                          "creditNote",
                          "credit note %s was refunded on %s"
                              .formatted(
                                  c.creditNote(), ((CreditNoteRefunded) recorded).bookedOn()),
                          "it is refunded once; have another debit matched to what it was for")));
    }
    LocalDate today = ParisCalendar.dayOf(receivedAt);
    if (c.bookedOn().isBefore(issued.issuedOn()) || c.bookedOn().isAfter(today)) {
      return Decision.refuse(
          ExpiryRefusal.BOOKED_ON_OUT_OF_RANGE.because(
              "bookedOn",
              "credit note %s was issued on %s and can have been debited from then to %s, got %s"
                  .formatted(c.creditNote(), issued.issuedOn(), today, c.bookedOn()),
              "copy the booking date from the bank's statement"));
    }
    return Decision.accept(fact, Boundary.of(fact.tags()), fact);
  }
}
