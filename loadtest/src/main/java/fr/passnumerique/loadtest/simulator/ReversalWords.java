package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.ConfirmReversal;
import fr.passnumerique.clearing.reversal.ContestReversal;
import fr.passnumerique.clearing.reversal.CreditRecovered;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.DropReversal;
import fr.passnumerique.clearing.reversal.IssueDebitNote;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.RecordDebitNotePayment;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.reversal.ReversalDesk;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.TakeDebitNotePaymentBack;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Reversing;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;

/** The words about reversals. */
final class ReversalWords {
  private final Supplier<ReversalDesk> desk;
  private final Actor reader;

  /**
   * @param desk there once the node is
   */
  ReversalWords(Supplier<ReversalDesk> desk, Actor reader) {
    this.desk = desk;
    this.reader = reader;
  }

  Command<?> command(Reversing action) {
    return switch (action) {
      case Reversing.ReverseLines a ->
          desk.get()
              .prepare(
                  new ReversalId(a.reversal()),
                  new VenueId(a.venue()),
                  new SlipReference(a.reference()),
                  a.lines(),
                  Reason.valueOf(a.reason()),
                  Optional.empty(),
                  Action.CLERK);
      case Reversing.ConfirmReversal a -> new ConfirmReversal(new ReversalId(a.reversal()), a.by());
      case Reversing.DropReversal a -> new DropReversal(new ReversalId(a.reversal()), Action.CLERK);
      case Reversing.ContestReversal a ->
          new ContestReversal(
              new ReversalId(a.reversal()), new VenueId(a.venue()), Optional.empty(), a.venue());
      case Reversing.DecideContest a ->
          new DecideContest(
              new ReversalId(a.reversal()), DecideContest.Outcome.valueOf(a.outcome()), a.by());
      case Reversing.IssueDebitNote a ->
          new IssueDebitNote(
              new DebitNoteId(a.note()),
              new VenueId(a.venue()),
              new ProgrammeId(a.programme()),
              Action.CLERK);
      case Reversing.PayDebitNote a ->
          new RecordDebitNotePayment(new DebitNoteId(a.note()), a.paidOn(), Action.CLERK);
      case Reversing.TakeNotePaymentBack a ->
          new TakeDebitNotePaymentBack(
              new DebitNoteId(a.note()),
              a.paidOn(),
              DebitNotePaymentTakenBack.Reason.valueOf(a.reason()),
              Action.CLERK);
      case Reversing.CreditRecovered a -> new CreditRecovered(new OrderId(a.order()));
    };
  }

  static String text(DecideContest.Decided decided) {
    return "%s %d %d"
        .formatted(decided.outcome(), decided.owedAgainCents(), decided.forgivenCents());
  }

  static String text(CreditRecovered.Credited credited) {
    StringBuilder text = new StringBuilder();
    credited.creditNotes().stream()
        .sorted(Comparator.comparing(note -> note.creditNote().value()))
        .forEach(
            (CreditNoteIssued note) -> {
              String name = note.creditNote().value();
              text.append(name.substring(name.indexOf('~') + 1));
              text.append('=').append(note.amountCents()).append(' ');
            });
    return text.append("waiting ").append(credited.waitingCents()).toString();
  }

  static String text(Reversal reversal) {
    StringBuilder text = new StringBuilder();
    text.append(reversal.state()).append(' ').append(reversal.amountCents());
    text.append(" until ");
    reversal.contestUntil().ifPresent(text::append);
    if (reversal.contestUntil().isPresent()) {
      for (Reversal.Line line : reversal.lines()) {
        text.append(' ').append(line.line()).append('=').append(line.recovery());
      }
    }
    return text.toString();
  }

  /** As the clerk and the venue read it; empty if there is none. */
  String read(String reversal) {
    return desk.get()
        .find(new ReversalId(reversal), reader)
        .map(found -> text(found.reversal()))
        .orElse("");
  }
}
