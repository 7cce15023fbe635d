package fr.passnumerique.clearing.reversal;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A debit note as it is told: what its document says.
 *
 * @param amountCents Σ of its lines
 * @param reference that its payment carries, by which the bank's files tell it is paid
 */
public record DebitNote(
    String debitNote,
    String venue,
    String programme,
    LocalDate issuedOn,
    long amountCents,
    List<Line> lines,
    Optional<String> reference,
    Optional<LocalDate> paidOn) {

  public record Line(String reversal, String cheque, LocalDate reversedOn, long cents) {}

  static DebitNote of(ReversalRegister.Note note) {
    return of(note.fact(), note.paidOn());
  }

  static DebitNote of(DebitNoteIssued fact, Optional<LocalDate> paidOn) {
    return new DebitNote(
        fact.debitNote().value(),
        fact.venue().value(),
        fact.programme().value(),
        fact.issuedOn(),
        fact.cents(),
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
        paidOn);
  }
}
