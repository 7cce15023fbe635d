package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankExceptionClosed;
import fr.passnumerique.clearing.bank.BankFileRefused;
import fr.passnumerique.clearing.bank.BankStatusDisputed;
import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.FunderAccountProposalDropped;
import fr.passnumerique.clearing.payee.FunderAccountProposed;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountProposalDropped;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OppositionProposed;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalDropped;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.ReversalUpheld;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.venues.VenueIdentificationDropped;
import fr.passnumerique.clearing.venues.VenueIdentificationProposed;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that one fact begins and another ends: a fold of the ledger, so that none is forgotten
 * and none stays when it is done. What time alone makes due is in {@link DueRegister}.
 */
final class WorklistRegister implements Register {
  private static final Optional<String> ANYBODY = Optional.empty();

  private final Map<Key, Open> open = new LinkedHashMap<>();

  /** What credit notes come to that are not refunded: one whose refund failed is to be again. */
  private final Map<String, Long> notes = new HashMap<>();

  private record Key(Kind kind, String about) {}

  /**
   * @param venue whose task it is; empty for the operator's
   */
  record Open(Task task, String venue) {}

  @Override
  public void fold(Fact fact, long position, Instant at) {
    switch (fact) {
      case DayOpened f -> open.values().removeIf(each -> over(each.task(), f.day()));
      case SettlementRunOpened f ->
          begin(Kind.RELEASE_RUN, f.run(), at, sum(f.transfers()), f.openedBy());
      case SettlementRunContinued f -> more(Kind.RELEASE_RUN, f.run(), sum(f.transfers()));
      case SettlementRunReleased f -> end(Kind.RELEASE_RUN, f.run());
      case SettlementRunCancelled f -> end(Kind.RELEASE_RUN, f.run());
      case RefundsOrdered f -> {
        f.transfers().forEach(transfer -> end(Kind.REFUND_CREDIT_NOTE, transfer.creditNote()));
        long cents = f.transfers().stream().mapToLong(RefundsOrdered.Transfer::amountCents).sum();
        begin(Kind.RELEASE_REFUNDS, f.order(), at, cents, Optional.of(f.orderedBy()));
      }
      case RefundsReleased f -> end(Kind.RELEASE_REFUNDS, f.order());
      case RefundsCancelled f -> {
        end(Kind.RELEASE_REFUNDS, f.order());
        f.creditNotes().forEach(note -> owed(note, at));
      }
      case CreditNote note -> {
        notes.put(note.creditNote().value(), note.amountCents());
        owed(note.creditNote(), at);
      }
      case GiveBackCancelled f -> {
        notes.remove(f.creditNote().value());
        end(Kind.REFUND_CREDIT_NOTE, f.creditNote());
      }
      case CreditNoteRefunded f -> {
        notes.remove(f.creditNote().value());
        end(Kind.REFUND_CREDIT_NOTE, f.creditNote());
      }
      case RefundRejected f -> owed(f.creditNote(), at);
      case RefundReturned f -> {
        notes.put(f.creditNote().value(), f.amountCents());
        owed(f.creditNote(), at);
      }
      case RefundTakenBack f -> {
        notes.put(f.creditNote().value(), f.amountCents());
        if (f.transfer().isEmpty()) {
          owed(f.creditNote(), at);
        }
      }
      case RefundReinstated f -> end(Kind.REFUND_CREDIT_NOTE, f.creditNote());
      case VenueAccountProposed f ->
          begin(Kind.CONFIRM_VENUE_ACCOUNT, f.venue(), at, 0, Optional.of(f.proposedBy()));
      case VenueAccountOpened f -> end(Kind.CONFIRM_VENUE_ACCOUNT, f.venue());
      case VenueAccountProposalDropped f -> end(Kind.CONFIRM_VENUE_ACCOUNT, f.venue());
      case VenueIdentificationProposed f ->
          begin(
              Kind.CONFIRM_IDENTIFICATION,
              f.venue() + "/" + f.siret(),
              at,
              0,
              Optional.of(f.proposedBy()));
      case VenueIdentified f -> end(Kind.CONFIRM_IDENTIFICATION, f.venue() + "/" + f.siret());
      case VenueIdentificationDropped f ->
          end(Kind.CONFIRM_IDENTIFICATION, f.venue() + "/" + f.siret());
      case FunderAccountProposed f ->
          begin(Kind.CONFIRM_FUNDER_ACCOUNT, f.funder(), at, 0, Optional.of(f.proposedBy()));
      case FunderAccountOpened f -> end(Kind.CONFIRM_FUNDER_ACCOUNT, f.funder());
      case FunderAccountProposalDropped f -> end(Kind.CONFIRM_FUNDER_ACCOUNT, f.funder());
      case OppositionProposed f ->
          begin(Kind.APPROVE_OPPOSITION, f.opposition(), at, 0, Optional.of(f.by()));
      case ChequesOpposed f -> end(Kind.APPROVE_OPPOSITION, f.opposition());
      case ReversalProposed f ->
          begin(Kind.CONFIRM_REVERSAL, f.reversal(), at, f.cents(), Optional.of(f.proposedBy()));
      case ReversalDropped f -> end(Kind.CONFIRM_REVERSAL, f.reversal());
      case LinesReversed f -> {
        end(Kind.CONFIRM_REVERSAL, f.reversal());
        put(
            new Task(
                Kind.ANSWER_REVERSAL,
                f.reversal().value(),
                at,
                0,
                Optional.of(f.contestUntil()),
                ANYBODY),
            f.venue().value());
      }
      case ReversalContested f -> {
        end(Kind.ANSWER_REVERSAL, f.reversal());
        begin(Kind.DECIDE_CONTEST, f.reversal(), at, 0, ANYBODY);
      }
      case ReversalUpheld f -> end(Kind.DECIDE_CONTEST, f.reversal());
      case ReversalLifted f -> {
        end(Kind.DECIDE_CONTEST, f.reversal());
        end(Kind.ANSWER_REVERSAL, f.reversal());
      }
      case BankEntryUnmatched f -> {
        // Older ledgers hold entries of 0.00, of which there is nothing to explain.
        if (f.cents() != 0) {
          begin(Kind.MATCH_BANK_ENTRY, f.entry().id(), at, f.cents(), ANYBODY);
        }
      }
      case BankEntryMatched f -> end(Kind.MATCH_BANK_ENTRY, f.entry().id());
      case BankEntryTakenOut f -> end(Kind.MATCH_BANK_ENTRY, f.entry().id());
      case BankEntriesOffset f -> {
        end(Kind.MATCH_BANK_ENTRY, f.credit().id());
        end(Kind.MATCH_BANK_ENTRY, f.debit().id());
      }
      case BankStatusDisputed f -> begin(Kind.EXPLAIN_BANK_STATUS, f.dispute(), at, 0, ANYBODY);
      case BankFileRefused f -> begin(Kind.LOOK_AT_BANK_FILE, f.file(), at, 0, ANYBODY);
      case BankExceptionClosed f -> {
        end(Kind.EXPLAIN_BANK_STATUS, f.exception());
        end(Kind.LOOK_AT_BANK_FILE, f.exception());
      }
      default -> {}
    }
  }

  private static long sum(List<SettlementRunOpened.Transfer> transfers) {
    return transfers.stream()
        .mapToLong(SettlementRunOpened.Transfer::amountCents)
        .reduce(0, Math::addExact);
  }

  private void owed(Object note, Instant at) {
    begin(Kind.REFUND_CREDIT_NOTE, note, at, notes.getOrDefault(note.toString(), 0L), ANYBODY);
  }

  private void begin(Kind kind, Object about, Instant at, long cents, Optional<String> by) {
    put(new Task(kind, about.toString(), at, cents, Optional.empty(), by), "");
  }

  private void put(Task task, String venue) {
    open.put(new Key(task.kind(), task.about()), new Open(task, venue));
  }

  private void more(Kind kind, Object about, long cents) {
    open.computeIfPresent(
        new Key(kind, about.toString()),
        (_, before) -> {
          Task task = before.task();
          return new Open(
              new Task(
                  kind,
                  task.about(),
                  task.since(),
                  Math.addExact(task.cents(), cents),
                  task.dueOn(),
                  task.startedBy()),
              before.venue());
        });
  }

  private void end(Kind kind, Object about) {
    open.remove(new Key(kind, about.toString()));
  }

  private static boolean over(Task task, LocalDate today) {
    return task.dueOn().filter(today::isAfter).isPresent();
  }

  /** How many tasks are held, whosever. */
  int size() {
    return open.size();
  }

  /**
   * @param venue whose tasks; null for the operator's
   */
  List<Task> tasks(@Nullable String venue, LocalDate today) {
    List<Task> tasks = new ArrayList<>();
    for (Open each : open.values()) {
      // The day may have begun a moment before its fact.
      if (!over(each.task(), today) && each.venue().equals(venue == null ? "" : venue)) {
        tasks.add(each.task());
      }
    }
    return tasks;
  }
}
