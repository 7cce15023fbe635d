package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Debit notes, for who reads the bank's files: each is paid whole, once, under its reference. */
final class DebitNoteCredits implements ExpectedCredits {
  private final ReversalRegister register;

  DebitNoteCredits(ReversalRegister register) {
    this.register = register;
  }

  @Override
  public Set<String> references() {
    return register.references();
  }

  @Override
  public Expected expected(String reference) {
    Note note = note(reference);
    List<VoidedLine> lines =
        note.paid() != 0 ? List.of() : RecordDebitNotePaymentDecision.claimed(register, note);
    return new Expected(
        note.fact().debitNote().value(),
        note.paid() != 0 ? note.paidCents() : RecordDebitNotePaymentDecision.cents(lines),
        note.paidOn(),
        Set.of("debit-note:" + note.fact().debitNote(), "reversals:" + note.fact().venue()));
  }

  @Override
  public Fact paid(String reference, BankEntry entry) {
    return RecordDebitNotePaymentDecision.paid(
        register, note(reference), entry.bookedOn(), "", Optional.of(entry));
  }

  private Note note(String reference) {
    Note note = register.noteOf(reference);
    if (note == null) {
      throw new IllegalStateException("no debit note is asked for under " + reference);
    }
    return note;
  }
}
