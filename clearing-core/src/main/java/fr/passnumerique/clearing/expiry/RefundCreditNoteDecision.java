package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.expiry.EndingOrder.Recorded;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Decision.Reply;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the credit note, at the transfer that is to refund it and at what the bank says of that:
 * it is refunded once, whole. By hand a clerk says that the bank has booked a transfer, which a
 * statement proves later, or that it was paid without one.
 */
final class RefundCreditNoteDecision implements Decider<RefundCreditNote, CreditNoteRefunded> {
  private final ExpiryRegister register;
  private final DoubtfulTransfers doubtful;

  RefundCreditNoteDecision(ExpiryRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
  }

  @Override
  public Class<RefundCreditNote> command() {
    return RefundCreditNote.class;
  }

  @Override
  public Decision<CreditNoteRefunded> decide(RefundCreditNote c, Instant receivedAt) {
    Recorded<CreditNote> note = register.creditNote(c.creditNote());
    if (note == null) {
      return Decision.refuse(
          ExpiryRefusal.UNKNOWN_CREDIT_NOTE.because(
              "creditNote",
              "credit note %s is not issued".formatted(c.creditNote()),
              "copy it from the order's statement"));
    }
    CreditNote issued = note.fact();
    ExpiryRegister.Refund underWay = register.underWay(c.creditNote());
    CreditNoteRefunded fact =
        new CreditNoteRefunded(
            c.creditNote(),
            issued.funder(),
            issued.amountCents(),
            c.bookedOn(),
            issued.parts(),
            Optional.ofNullable(underWay).map(ExpiryRegister.Refund::transfer),
            Optional.empty(),
            issued.free());
    Recorded<CreditNoteRefunded> refund = register.refund(c.creditNote());
    if (refund != null) {
      return new Decision.Known<>(
          refund.position(),
          recorded ->
              ((CreditNoteRefunded) recorded).bookedOn().equals(c.bookedOn())
                  ? new Reply.Same<>((CreditNoteRefunded) recorded)
                  : new Reply.Different<>(
                      ExpiryRefusal.CREDIT_NOTE_ALREADY_REFUNDED.because(
                          "creditNote",
                          "credit note %s was refunded on %s"
                              .formatted(
                                  c.creditNote(), ((CreditNoteRefunded) recorded).bookedOn()),
                          "it is refunded once; have another debit matched to what it was for; what"
                              + " a clerk recorded and the bank never showed is taken back by"
                              + " takeRefundBack")));
    }
    LocalDate releasedOn = underWay == null ? null : register.releasedOn(underWay.order());
    if (underWay != null && releasedOn == null) {
      return Decision.refuse(
          ExpiryRefusal.REFUND_ORDERED.because(
              "creditNote",
              "order %s, which nobody has released, is to refund credit note %s"
                  .formatted(underWay.order(), c.creditNote()),
              "release it, or cancel it first"));
    }
    if (underWay != null && !register.isHandedOut(underWay.order())) {
      return Decision.refuse(
          ExpiryRefusal.FILE_NEVER_HANDED_OUT.because(
              "creditNote",
              "the file of order %s, which is to refund credit note %s, was never handed out, so the bank has not heard of it"
                  .formatted(underWay.order(), c.creditNote()),
              "download the file (downloadRefundFile) and take it to the bank, or cancel the order"
                  + " (cancelRefunds) first"));
    }
    if (register.isTakenBack(c.creditNote(), c.bookedOn())) {
      return Decision.refuse(
          ExpiryRefusal.REFUND_TAKEN_BACK.because(
              "bookedOn",
              "that credit note %s was refunded on %s was taken back, since the bank did not show it"
                  .formatted(c.creditNote(), c.bookedOn()),
              "import the statement that tells its debit; one that names no transfer is matched to"
                  + " the refund (matchBankEntry), recorded of a day before or after"));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    LocalDate first = releasedOn == null ? issued.issuedOn() : releasedOn;
    // What went back to a funder unasked is noted after the bank has booked it.
    boolean early = c.bookedOn().isBefore(first) && (releasedOn != null || issued.free().isEmpty());
    if (early || c.bookedOn().isAfter(today)) {
      return Decision.refuse(
          ExpiryRefusal.BOOKED_ON_OUT_OF_RANGE.because(
              "bookedOn",
              "credit note %s was %s on %s and can have been debited %s to %s, got %s"
                  .formatted(
                      c.creditNote(),
                      releasedOn == null ? "issued" : "released to the bank",
                      first,
                      releasedOn == null && issued.free().isPresent()
                          ? "before and up"
                          : "from then",
                      today,
                      c.bookedOn()),
              "copy the booking date from the bank's statement"));
    }
    Set<String> looked = new HashSet<>(fact.tags());
    if (underWay != null) {
      Optional<DoubtfulTransfers.Debit> debit = doubtful.debit(underWay.transfer());
      if (debit.isPresent()) {
        return Decision.refuse(
            ExpiryRefusal.DEBIT_UNEXPLAINED.because(
                "creditNote",
                debit.get().because(underWay.transfer().value(), issued.amountCents()),
                debit.get().remedy()));
      }
      looked.add("refund-order:" + underWay.order());
      looked.add(DoubtfulTransfers.TAG);
    }
    return Decision.accept(fact, Boundary.of(looked), fact);
  }
}
