package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Debit notes, for who reads the bank's files. */
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
    Note note = register.noteOf(reference);
    if (note == null) {
      throw new IllegalStateException("no debit note is asked for under " + reference);
    }
    return expected(note);
  }

  @Override
  public Optional<Expected> named(String name) {
    Note note = find(name);
    return note == null ? Optional.empty() : Optional.of(expected(note));
  }

  private Expected expected(Note note) {
    long open = register.openCents(note);
    Optional<DebitNotePaid> last =
        open > 0 || note.payments().isEmpty()
            ? Optional.empty()
            : Optional.of(note.payments().getLast().fact());
    return new Expected(
        note.fact().debitNote().value(),
        last.map(DebitNotePaid::cents).orElse(open),
        last.map(DebitNotePaid::paidOn),
        Set.of("debit-note:" + note.fact().debitNote(), "reversals:" + note.fact().venue()));
  }

  @Override
  public Fact paid(String name, long cents, BankEntry entry) {
    Note note = find(name);
    if (note == null) {
      throw new IllegalStateException("there is no debit note " + name);
    }
    LocalDate on = entry.bookedOn();
    return RecordDebitNotePaymentDecision.paid(register, note, cents, on, "", Optional.of(entry));
  }

  @Override
  public Optional<Fact> takenBack(String name, NoMore told, List<Fact> before) {
    Note note = find(name);
    return note == null
        ? Optional.empty()
        : NotePayments.takenBack(register, note, told, before).map(fact -> fact);
  }

  private @Nullable Note find(String name) {
    try {
      return register.note(new DebitNoteId(name));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
