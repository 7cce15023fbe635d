package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.CREDIT_UNEXPLAINED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.DATE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.DEBIT_NOTE_ID_TAKEN;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.NOTHING_TO_CLAIM;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.PAYMENT_TAKEN_BACK;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_DEBIT_NOTE;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.UnexplainedCredits;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a debit note still asks for is paid, once: who said so of a payment that was taken back
 * may be sending it again; and what the bank shows is explained, not recorded beside it. Boundary:
 * the note, the venue's reversals, and all that the bank says.
 */
final class RecordDebitNotePaymentDecision
    implements Decider<RecordDebitNotePayment, DebitNotePaid> {
  private final ReversalRegister register;
  private final UnexplainedCredits unexplained;

  RecordDebitNotePaymentDecision(ReversalRegister register, UnexplainedCredits unexplained) {
    this.register = register;
    this.unexplained = unexplained;
  }

  @Override
  public Class<RecordDebitNotePayment> command() {
    return RecordDebitNotePayment.class;
  }

  @Override
  public Decision<DebitNotePaid> decide(RecordDebitNotePayment command, Instant receivedAt) {
    Note note = register.note(command.debitNote());
    if (note == null) {
      return Decision.refuse(
          UNKNOWN_DEBIT_NOTE.because(
              "debitNoteId",
              "there is no debit note %s".formatted(command.debitNote()),
              "name one that was issued"));
    }
    long open = register.openCents(note);
    if (open == 0 && !note.payments().isEmpty()) {
      return new Decision.Known<>(
          note.payments().getLast().position(),
          recorded -> {
            DebitNotePaid paid = (DebitNotePaid) recorded;
            return paid.paidOn().equals(command.paidOn())
                ? new Decision.Reply.Same<>(paid)
                : new Decision.Reply.Different<>(
                    DEBIT_NOTE_ID_TAKEN.because(
                        "paidOn",
                        "debit note %s was paid on %s".formatted(paid.debitNote(), paid.paidOn()),
                        "compare with the bank's statement"));
          });
    }
    if (note.isGone(command.paidOn())) {
      return Decision.refuse(
          PAYMENT_TAKEN_BACK.because(
              "paidOn",
              "debit note %s was recorded as paid on %s, and that was taken back"
                  .formatted(command.debitNote(), command.paidOn()),
              "import the statement that tells its payment, or give the day of that payment"));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    if (command.paidOn().isAfter(today) || command.paidOn().isBefore(note.fact().issuedOn())) {
      return Decision.refuse(
          DATE_OUT_OF_RANGE.because(
              "paidOn",
              "the debit note was issued on %s and today is %s, so %s is not the bank's day"
                  .formatted(note.fact().issuedOn(), today, command.paidOn()),
              "copy the date from the bank's statement"));
    }
    if (open == 0) {
      return Decision.refuse(
          NOTHING_TO_CLAIM.because(
              "debitNoteId",
              "every reversal of debit note %s was lifted since".formatted(command.debitNote()),
              "pay the money back to the venue"));
    }
    Optional<UnexplainedCredits.Credit> shown = unexplained.of(command.debitNote().value(), open);
    if (shown.isPresent()) {
      return Decision.refuse(
          CREDIT_UNEXPLAINED.because(
              "debitNoteId",
              shown.get().because("debit note " + command.debitNote()),
              "match entry %s to the note by matchBankEntry (debitNote), which pays it; if it is somebody else's, explain it so first"
                  .formatted(shown.get().entry())));
    }
    DebitNotePaid paid =
        paid(register, note, open, command.paidOn(), command.by(), Optional.empty());
    return Decision.accept(
        paid,
        Boundary.of(
            "debit-note:" + command.debitNote(),
            "reversals:" + note.fact().venue(),
            UnexplainedCredits.TAG),
        paid);
  }

  /**
   * The oldest lines first, whole ones as far as the money goes, and of the next one its first
   * cents: what the venue paid comes back to the funders to the cent, and no credit of the venue is
   * left over.
   *
   * @param cents above zero, at most what the note still asks for
   * @param by the account; empty if the bank's file tells it
   */
  static DebitNotePaid paid(
      ReversalRegister register,
      Note note,
      long cents,
      LocalDate on,
      String by,
      Optional<BankEntry> entry) {
    List<VoidedLine> lines = new ArrayList<>();
    long left = cents;
    for (DebitNoteIssued.Line asked : note.fact().lines()) {
      ReversalRegister.Line line = register.reversed(asked.cheque());
      long part = line == null ? 0 : Math.min(left, line.openCents());
      if (line != null && part > 0) {
        long before = line.paidOnNoteCents();
        lines.add(line.cents(before, before + part));
        left -= part;
      }
    }
    if (left != 0) {
      throw new IllegalStateException(
          "debit note %s is paid %d cents more than it asks for"
              .formatted(note.fact().debitNote(), left));
    }
    return new DebitNotePaid(
        note.fact().debitNote(),
        note.fact().venue(),
        note.fact().programme(),
        on,
        by,
        List.copyOf(lines),
        cents,
        entry);
  }
}
