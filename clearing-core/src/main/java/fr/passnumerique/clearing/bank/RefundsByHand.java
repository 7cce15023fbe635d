package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Credit notes that clerks say to be refunded without a transfer of ours, as the debits of one file
 * prove them. By name and by amount to the cent, as a receipt by hand is proved; not by the amount
 * alone, since the notes of one order often come to the same. What names a note and is of another
 * amount is for a clerk.
 */
final class RefundsByHand {
  private final BankRegister register;
  private final KnownWords notes;

  /** That the file has shown. */
  private final Set<String> shown = new HashSet<>();

  RefundsByHand(BankRegister register) {
    this.register = register;
    // Of all notes: one whose name begins with another's would else be taken for that.
    this.notes = new KnownWords(register.creditNotes());
  }

  /** The refund that a debit proves, once; empty if it proves none. */
  Optional<CreditNoteRefunded> provedBy(Booking booking, Payment payment) {
    if (booking.reversal() || booking.lump()) {
      return Optional.empty();
    }
    return PaymentReferences.oneOf(notes, payment)
        .flatMap(words -> spelled(register.creditNotes(words), payment))
        .flatMap(note -> Optional.ofNullable(register.refundedByHand(note)))
        .filter(refund -> refund.amountCents() == -payment.cents())
        .filter(refund -> !register.isProved(refund.creditNote().value()))
        .filter(refund -> shown.add(refund.creditNote().value()));
  }

  /**
   * Of notes whose names have the same words the one that the bank's text spells: most banks drop
   * the tilde, and what is left of an order's note and of a give-back's may be alike. Where it
   * stands, or where there are several, the words are not enough.
   */
  private static Optional<String> spelled(Set<String> names, Payment payment) {
    List<String> texts = new ArrayList<>(payment.references());
    payment.endToEnd().ifPresent(texts::add);
    texts.add(payment.text());
    boolean kept = texts.stream().anyMatch(text -> text.contains("~"));
    List<String> found =
        kept
            ? names.stream()
                .filter(name -> texts.stream().anyMatch(text -> spells(text, name)))
                .toList()
            : List.copyOf(names);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static boolean spells(String text, String name) {
    return Pattern.compile(
            "(?<![A-Z0-9._~-])" + Pattern.quote(name) + "(?![A-Z0-9_~-])", Pattern.CASE_INSENSITIVE)
        .matcher(text)
        .find();
  }
}
