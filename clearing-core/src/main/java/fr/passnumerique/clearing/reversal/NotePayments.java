package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.bank.entry.ExpectedCredits.NoMore;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack.Reason;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import fr.passnumerique.clearing.settlement.VoidedLine;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What of a debit note's payments can be undone. */
final class NotePayments {
  private NotePayments() {}

  /**
   * What a credit had paid that the bank tells no more.
   *
   * @param before what is recorded ahead of it in the same append
   * @return empty if less can be undone
   */
  static Optional<DebitNotePaymentTakenBack> takenBack(
      ReversalRegister register, Note note, NoMore told, List<Fact> before) {
    return last(register, note, told.cents(), before)
        .map(
            lines ->
                new DebitNotePaymentTakenBack(
                    note.fact().debitNote(),
                    note.fact().venue(),
                    note.fact().programme(),
                    paidOn(note, told),
                    lines,
                    told.cents(),
                    Optional.of(told.entry()),
                    told.statement(),
                    told.by(),
                    Optional.empty()));
  }

  /**
   * What a clerk had recorded and the bank never showed.
   *
   * @return empty if less can be undone
   */
  static Optional<DebitNotePaymentTakenBack> takenBack(
      ReversalRegister register, Note note, DebitNotePaid paid, Reason reason, String by) {
    return last(register, note, paid.cents(), List.of())
        .map(
            lines ->
                new DebitNotePaymentTakenBack(
                    paid.debitNote(),
                    paid.venue(),
                    paid.programme(),
                    paid.paidOn(),
                    lines,
                    paid.cents(),
                    Optional.empty(),
                    Optional.empty(),
                    by,
                    Optional.of(reason)));
  }

  /**
   * The last of what was paid, as if the payment had never been: by the payment's own lines instead
   * a line would be open whose first cents a later payment brought. A line that is on a credit note
   * or whose reversal was lifted keeps what it has: its cents were given back, or are owed to the
   * venue again.
   */
  private static Optional<List<VoidedLine>> last(
      ReversalRegister register, Note note, long cents, List<Fact> before) {
    Map<Serial, Long> gone = goneBefore(note, before);
    List<VoidedLine> lines = new ArrayList<>();
    long left = cents;
    for (DebitNoteIssued.Line asked : note.fact().lines().reversed()) {
      ReversalRegister.Line line = register.reversed(asked.cheque());
      long paid =
          line == null || !isOpenAgain(register, line)
              ? 0
              : line.paidOnNoteCents() - gone.getOrDefault(asked.cheque(), 0L);
      long part = Math.min(left, paid);
      if (line != null && part > 0) {
        lines.add(line.cents(paid - part, paid));
        left -= part;
      }
    }
    return left > 0 ? Optional.empty() : Optional.of(List.copyOf(lines));
  }

  private static Map<Serial, Long> goneBefore(Note note, List<Fact> before) {
    Map<Serial, Long> gone = new HashMap<>();
    for (Fact fact : before) {
      if (fact instanceof DebitNotePaymentTakenBack other
          && other.debitNote().equals(note.fact().debitNote())) {
        other
            .lines()
            .forEach(
                line ->
                    gone.merge(
                        line.cheque(),
                        line.parts().stream().mapToLong(SpentCents::cents).sum(),
                        Math::addExact));
      }
    }
    return gone;
  }

  private static boolean isOpenAgain(ReversalRegister register, ReversalRegister.Line line) {
    return switch (line.recovery()) {
      case ON_DEBIT_NOTE, DUE_BACK -> !register.credits().isCredited(line.cheque());
      case NONE, CLAIMED, BEING_NETTED, OWED_AGAIN, FORGIVEN -> false;
    };
  }

  /** The day of the payment; it may be undone already, by another part of the same booking. */
  private static LocalDate paidOn(Note note, NoMore told) {
    return note.of(told.entry())
        .map(payment -> payment.fact().paidOn())
        .orElse(told.entry().bookedOn());
  }
}
