package fr.passnumerique.clearing.reversal;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A debit note as it is told: what its document says, and what became of it.
 *
 * @param amountCents Σ of its lines
 * @param paidCents Σ of its payments
 * @param openCents still asked for: a line whose reversal was lifted since is not
 * @param reference that its payment carries, by which the bank's files tell it is paid
 * @param paidOn the day of the payment that closed it, Europe/Paris; empty while it is open
 * @param payments in the order in which they were recorded
 */
public record DebitNote(
    String debitNote,
    String venue,
    String programme,
    LocalDate issuedOn,
    long amountCents,
    long paidCents,
    long openCents,
    List<Line> lines,
    Optional<String> reference,
    Optional<LocalDate> paidOn,
    List<Payment> payments) {

  public record Line(String reversal, String cheque, LocalDate reversedOn, long cents) {}

  /**
   * @param paidOn the bank's booking date, Europe/Paris
   * @param entry the bank's booking; empty while only a clerk has said so
   */
  public record Payment(LocalDate paidOn, long cents, Optional<String> entry) {}

  static DebitNote of(ReversalRegister register, ReversalRegister.Note note) {
    return of(
        note.fact(),
        register.openCents(note),
        note.payments().stream()
            .map(
                payment ->
                    new Payment(
                        payment.fact().paidOn(),
                        payment.fact().cents(),
                        payment.fact().entry().map(entry -> entry.id())))
            .toList());
  }

  /** As it stands when its fact is recorded. */
  static DebitNote of(DebitNoteIssued fact) {
    return of(fact, fact.cents(), List.of());
  }

  private static DebitNote of(DebitNoteIssued fact, long openCents, List<Payment> payments) {
    return new DebitNote(
        fact.debitNote().value(),
        fact.venue().value(),
        fact.programme().value(),
        fact.issuedOn(),
        fact.cents(),
        payments.stream().mapToLong(Payment::cents).sum(),
        openCents,
        fact.lines().stream()
            .map(
                line ->
                    new Line(
                        line.reversal().value(),
                        line.cheque().toString(),
                        line.reversedOn(),
                        line.cents()))
            .toList(),
        fact.reference(),
        openCents > 0 || payments.isEmpty()
            ? Optional.empty()
            : Optional.of(payments.getLast().paidOn()),
        payments);
  }
}
