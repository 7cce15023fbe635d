package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Credit notes that clerks say to be refunded without a transfer of ours, as the debits of one file
 * prove them. By name and by amount to the cent, as a receipt by hand is proved; not by the amount
 * alone, since the notes of one order often come to the same. What names a note and is of another
 * amount is for a clerk.
 */
final class RefundsByHand {
  private final BankRegister register;

  /** That the file has shown. */
  private final Set<String> shown = new HashSet<>();

  RefundsByHand(BankRegister register) {
    this.register = register;
  }

  /** The refund that a debit proves, once; empty if it proves none. */
  Optional<CreditNoteRefunded> provedBy(Booking booking, Payment payment) {
    if (booking.reversal() || booking.lump()) {
      return Optional.empty();
    }
    // Of all notes: one whose name begins with another's would else be taken for that.
    return PaymentReferences.oneOf(register.creditNotes(), payment)
        .flatMap(words -> Optional.ofNullable(register.creditNote(words)))
        .flatMap(note -> Optional.ofNullable(register.refundedByHand(note)))
        .filter(refund -> refund.amountCents() == -payment.cents())
        .filter(refund -> !register.isProved(refund.creditNote().value()))
        .filter(refund -> shown.add(refund.creditNote().value()));
  }
}
