package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.DATE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.DEBIT_NOTE_ID_TAKEN;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.NOTHING_TO_CLAIM;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_DEBIT_NOTE;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.reversal.Reversal.Recovery;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A debit note is paid whole, once. Boundary: the note, and the venue's reversals. */
final class RecordDebitNotePaymentDecision
    implements Decider<RecordDebitNotePayment, DebitNotePaid> {
  private final ReversalRegister register;

  RecordDebitNotePaymentDecision(ReversalRegister register) {
    this.register = register;
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
    if (note.paid() != 0) {
      return new Decision.Known<>(
          note.paid(),
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
    LocalDate today = ParisCalendar.dayOf(receivedAt);
    if (command.paidOn().isAfter(today) || command.paidOn().isBefore(note.fact().issuedOn())) {
      return Decision.refuse(
          DATE_OUT_OF_RANGE.because(
              "paidOn",
              "the debit note was issued on %s and today is %s, so %s is not the bank's day"
                  .formatted(note.fact().issuedOn(), today, command.paidOn()),
              "copy the date from the bank's statement"));
    }
    List<VoidedLine> lines = claimed(register, note);
    if (lines.isEmpty()) {
      return Decision.refuse(
          NOTHING_TO_CLAIM.because(
              "debitNoteId",
              "every reversal of debit note %s was lifted since".formatted(command.debitNote()),
              "pay the money back to the venue"));
    }
    DebitNotePaid paid = paid(register, note, command.paidOn(), command.by(), Optional.empty());
    return Decision.accept(
        paid,
        Boundary.of("debit-note:" + command.debitNote(), "reversals:" + note.fact().venue()),
        paid);
  }

  /** What it still asks for. */
  static List<VoidedLine> claimed(ReversalRegister register, Note note) {
    List<VoidedLine> lines = new ArrayList<>();
    for (DebitNoteIssued.Line claimed : note.fact().lines()) {
      ReversalRegister.Line line = register.reversed(claimed.cheque());
      if (line != null && line.recovery() == Recovery.ON_DEBIT_NOTE) {
        lines.add(line.voided());
      }
    }
    return List.copyOf(lines);
  }

  static long cents(List<VoidedLine> lines) {
    return lines.stream()
        .flatMap(line -> line.parts().stream())
        .mapToLong(part -> part.cents())
        .sum();
  }

  /**
   * @param by the account; empty if the bank's file tells it
   */
  static DebitNotePaid paid(
      ReversalRegister register, Note note, LocalDate on, String by, Optional<BankEntry> entry) {
    List<VoidedLine> lines = claimed(register, note);
    return new DebitNotePaid(
        note.fact().debitNote(),
        note.fact().venue(),
        note.fact().programme(),
        on,
        by,
        lines,
        cents(lines),
        entry);
  }
}
