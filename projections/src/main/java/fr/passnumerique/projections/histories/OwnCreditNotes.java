package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.projections.histories.HistoryEvent.RefundStep;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which credit notes of its order refund one cheque, and how far they are. The note of the
 * statement credits what was paid in for cheques that ended unused: expired, opposed and not
 * replaced, or used with the venue's pay waived. A supplementary note names the reversed lines that
 * it credits.
 */
final class OwnCreditNotes {
  private final Set<String> funders;
  private final boolean ofStatement;
  private final Serial serial;

  /** Its notes, and whom each credits. */
  private final Map<CreditNoteId, String> own = new HashMap<>();

  private final List<HistoryEvent> told = new ArrayList<>();

  private OwnCreditNotes(Set<String> funders, boolean ofStatement, Serial serial) {
    this.funders = funders;
    this.ofStatement = ofStatement;
    this.serial = serial;
  }

  /**
   * @param notes what was recorded of the notes of its order
   * @param facts about the cheque
   * @param events what they told
   * @param shares whose cents it is
   */
  static List<HistoryEvent> of(
      List<RecordedFact> notes,
      List<RecordedFact> facts,
      List<HistoryEvent> events,
      List<ChequeHistory.Share> shares,
      Serial serial) {
    boolean unused =
        switch (ChequeHistory.State.after(events)) {
          case EXPIRED, OPPOSED -> true;
          default -> isWaived(facts, serial);
        };
    OwnCreditNotes cheque =
        new OwnCreditNotes(
            shares.stream().map(ChequeHistory.Share::funder).collect(Collectors.toSet()),
            unused && isActivated(events),
            serial);
    notes.forEach(cheque::follow);
    return cheque.told;
  }

  /** An inactive cheque refunds nothing. */
  static boolean isActivated(List<HistoryEvent> events) {
    return events.stream()
        .anyMatch(
            event ->
                event instanceof HistoryEvent.Activated
                    || event instanceof HistoryEvent.Replaces replaces && replaces.activated());
  }

  private static boolean isWaived(List<RecordedFact> facts, Serial serial) {
    Set<Long> waived = new HashSet<>();
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof SlipJudged slip && slip.waivedCheques().contains(serial)) {
        waived.add(recorded.position());
      } else if (recorded.fact() instanceof SlipWithdrawn withdrawn) {
        waived.remove(withdrawn.slip());
      }
    }
    return !waived.isEmpty();
  }

  private boolean isOwn(CreditNoteIssued note) {
    return note.recovered().isEmpty()
        ? ofStatement
            && note.parts().stream().anyMatch(part -> funders.contains(part.funder().value()))
        : note.recovered().stream().anyMatch(line -> line.cheque().equals(serial));
  }

  private void follow(RecordedFact at) {
    switch (at.fact()) {
      case CreditNoteIssued f -> {
        if (isOwn(f)) {
          own.put(f.creditNote(), f.funder().value());
          told.add(
              new HistoryEvent.Credited(
                  at.position(),
                  at.recordedAt(),
                  f.issuedOn(),
                  f.creditNote().value(),
                  f.funder().value(),
                  f.amountCents()));
        }
      }
      case RefundsOrdered f ->
          f.transfers()
              .forEach(
                  t ->
                      new Step(at, RefundStep.ORDERED, t.creditNote())
                          .tell(f.order().value(), t.transfer(), null, null, null));
      case RefundsCancelled f ->
          f.creditNotes()
              .forEach(
                  note ->
                      new Step(at, RefundStep.CANCELLED, note)
                          .tell(f.order().value(), null, null, null, null));
      case RefundExecuted f ->
          new Step(at, RefundStep.EXECUTED, f.creditNote())
              .tell(f.order().value(), f.transfer(), f.executedOn(), null, null);
      case RefundExecutionTakenBack f ->
          new Step(at, RefundStep.TAKEN_BACK, f.creditNote())
              .tell(f.order().value(), f.transfer(), f.executedOn(), null, null);
      case CreditNoteRefunded f ->
          new Step(at, RefundStep.REFUNDED, f.creditNote())
              .tell(
                  null,
                  f.transfer().orElse(null),
                  f.bookedOn(),
                  f.entry().map(BankEntry::booking).orElse(null),
                  null);
      case RefundTakenBack f ->
          new Step(at, RefundStep.TAKEN_BACK, f.creditNote())
              .tell(
                  f.order().map(RefundOrderId::value).orElse(null),
                  f.transfer().orElse(null),
                  f.bookedOn(),
                  null,
                  null);
      case RefundRejected f ->
          new Step(at, RefundStep.REJECTED, f.creditNote())
              .tell(f.order().value(), f.transfer(), f.rejectedOn(), null, f.reason());
      case RefundReinstated f ->
          new Step(at, RefundStep.REINSTATED, f.creditNote())
              .tell(f.order().value(), f.transfer(), null, null, null);
      case RefundReturned f ->
          new Step(at, RefundStep.RETURNED, f.creditNote())
              .tell(
                  f.order().value(), f.transfer(), f.returnedOn(), f.entry().booking(), f.reason());
      default ->
          throw new IllegalStateException(
              "position %d is %s, not a fact about a credit note"
                  .formatted(at.position(), at.fact().getClass().getSimpleName()));
    }
  }

  private final class Step {
    private final RecordedFact at;
    private final RefundStep step;
    private final CreditNoteId creditNote;

    private Step(RecordedFact at, RefundStep step, CreditNoteId creditNote) {
      this.at = at;
      this.step = step;
      this.creditNote = creditNote;
    }

    private void tell(
        @Nullable String order,
        @Nullable TransferId transfer,
        @Nullable LocalDate on,
        @Nullable String bankEntry,
        @Nullable String reason) {
      String funder = own.get(creditNote);
      if (funder != null) {
        told.add(
            new HistoryEvent.Refund(
                at.position(),
                at.recordedAt(),
                step,
                creditNote.value(),
                funder,
                order,
                transfer == null ? null : transfer.value(),
                on,
                bankEntry,
                reason));
      }
    }
  }
}
