package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.EndingOrder.Recorded;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AgreementTerms.KeyVersion;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every order, where its cheques stand, and the credit notes. */
final class ExpiryRegister implements Register {
  private final Map<KeyVersion, List<Share>> keys = new HashMap<>();
  private final Map<OrderId, EndingOrder> orders = new LinkedHashMap<>();
  private final Map<Batch, EndingOrder> batches = new HashMap<>();
  private final Map<CreditNoteId, Recorded<CreditNote>> creditNotes = new LinkedHashMap<>();
  private final Map<CreditNoteId, Recorded<CreditNoteRefunded>> refunds = new HashMap<>();

  /** The days of refunds that clerks took back, of the bank's word too. */
  private final Map<CreditNoteId, Set<LocalDate>> takenBack = new HashMap<>();

  /** The transfers that are to refund notes, until their end is known. */
  private final Map<CreditNoteId, Refund> underWay = new HashMap<>();

  /** Days in Paris of the orders that may have gone to the bank. */
  private final Map<RefundOrderId, LocalDate> releasedOn = new HashMap<>();

  private final Set<RefundOrderId> handedOut = new HashSet<>();
  private final Overpaid overpaid = new Overpaid();

  record Refund(RefundOrderId order, TransferId transfer) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    overpaid.fold(fact);
    switch (fact) {
      case SlipJudged f -> {
        for (SlipJudged.Line line : f.lines()) {
          if (line.rejected().isEmpty()) {
            Serial cheque = line.cheque().orElseThrow();
            of(cheque.batch()).redeemed().set(cheque.ordinal());
          }
        }
        f.waivedCheques().forEach(cheque -> of(cheque.batch()).waived().set(cheque.ordinal()));
      }
      case SlipWithdrawn f ->
          f.cheques()
              .forEach(
                  cheque -> {
                    of(cheque.batch()).redeemed().clear(cheque.ordinal());
                    of(cheque.batch()).waived().clear(cheque.ordinal());
                  });
      case LinesReversed f ->
          f.lines()
              .forEach(line -> of(line.cheque().batch()).voided().set(line.cheque().ordinal()));
      // Accepted again, as the accounts have it; it is spent for good all the same.
      case ReversalLifted f ->
          f.lines()
              .map(VoidedLine::cheque)
              .forEach(cheque -> of(cheque.batch()).voided().clear(cheque.ordinal()));
      case ChequesReplaced f -> {
        f.replaced().forEach(cheque -> of(cheque.batch()).replaced().set(cheque.ordinal()));
        f.activated()
            .forEach(range -> of(range.batch()).activated().set(range.first(), range.last() + 1));
      }
      case StockReturned f -> f.cheques().forEach(range -> of(range.batch()).takeBack(range));
      case HandOutCorrected f ->
          f.cheques()
              .forEach(
                  range -> of(range.batch()).handedOut().clear(range.first(), range.last() + 1));
      case ChequesOpposed f ->
          f.stopped()
              .forEach(range -> of(range.batch()).opposed().set(range.first(), range.last() + 1));
      case AgreementTerms f -> keys.put(f.key(), f.shares());
      case ChequesIssued f -> issue(f);
      case ChequesActivated f ->
          of(f.batch()).activated().set(f.firstOrdinal(), f.lastOrdinal() + 1);
      case ChequesDelivered f -> of(f.cheques().batch()).deliver(f.cheques(), f.prescriber());
      case ChequesHandedOut f ->
          f.cheques()
              .forEach(range -> of(range.batch()).handedOut().set(range.first(), range.last() + 1));
      case ExpiryAnnounced f -> of(f.batch()).announce(position);
      case ExpirySigned f -> of(f.order()).sign(f, position);
      case ChequesExpired f -> of(f.batch()).expire(f, position);
      case CreditNote note -> creditNotes.put(note.creditNote(), new Recorded<>(note, position));
      case GiveBackCancelled f -> creditNotes.remove(f.creditNote());
      case CreditNoteRefunded f -> {
        refunds.put(f.creditNote(), new Recorded<>(f, position));
        underWay.remove(f.creditNote());
      }
      case RefundsOrdered f ->
          f.transfers()
              .forEach(
                  each -> underWay.put(each.creditNote(), new Refund(f.order(), each.transfer())));
      case RefundsReleased f -> releasedOn.put(f.order(), Paris.dayOf(recordedAt));
      case RefundFileDownloaded f -> handedOut.add(f.order());
      case RefundsCancelled f -> f.creditNotes().forEach(underWay::remove);
      case RefundRejected f -> underWay.remove(f.creditNote());
      case RefundReinstated f -> underWay.put(f.creditNote(), new Refund(f.order(), f.transfer()));
      case RefundReturned f -> refunds.remove(f.creditNote());
      case RefundTakenBack f -> takeBack(f);
      case RefundExecutionTakenBack f -> takeBack(f.creditNote(), f.executedOn());
      default -> {}
    }
  }

  private void takeBack(RefundTakenBack fact) {
    refunds.remove(fact.creditNote());
    takeBack(fact.creditNote(), fact.bookedOn());
    fact.order()
        .ifPresent(
            order ->
                underWay.put(fact.creditNote(), new Refund(order, fact.transfer().orElseThrow())));
  }

  private void takeBack(CreditNoteId creditNote, LocalDate paidOn) {
    takenBack.computeIfAbsent(creditNote, _ -> new HashSet<>()).add(paidOn);
  }

  private void issue(ChequesIssued issued) {
    List<Share> key = keys.get(issued.key());
    if (key == null) {
      throw new IllegalStateException("no fact signs " + issued.key());
    }
    EndingOrder order = new EndingOrder(CentsOfCheques.of(issued, key));
    orders.put(issued.order(), order);
    batches.put(issued.batch(), order);
  }

  private EndingOrder of(Batch batch) {
    EndingOrder order = batches.get(batch);
    if (order == null) {
      throw new IllegalStateException("no fact issues batch " + batch);
    }
    return order;
  }

  private EndingOrder of(OrderId id) {
    EndingOrder order = orders.get(id);
    if (order == null) {
      throw new IllegalStateException("no fact issues order " + id);
    }
    return order;
  }

  /** What {@code ON_USE} funders have repaid for uses that were taken back. */
  Overpaid overpaid() {
    return overpaid;
  }

  @Nullable EndingOrder order(OrderId order) {
    return orders.get(order);
  }

  /** In order of issue. */
  Collection<EndingOrder> orders() {
    return Collections.unmodifiableCollection(orders.values());
  }

  @Nullable Recorded<CreditNote> creditNote(CreditNoteId creditNote) {
    return creditNotes.get(creditNote);
  }

  /** In order of issue. */
  Collection<Recorded<CreditNote>> creditNotes() {
    return Collections.unmodifiableCollection(creditNotes.values());
  }

  /** Null if no transfer is to refund it. */
  @Nullable Refund underWay(CreditNoteId creditNote) {
    return underWay.get(creditNote);
  }

  boolean isHandedOut(RefundOrderId order) {
    return handedOut.contains(order);
  }

  /** Null if nobody has released it. */
  @Nullable LocalDate releasedOn(RefundOrderId order) {
    return releasedOn.get(order);
  }

  @Nullable Recorded<CreditNoteRefunded> refund(CreditNoteId creditNote) {
    return refunds.get(creditNote);
  }

  /** Whether a clerk took back that it was refunded on this day, Europe/Paris. */
  boolean isTakenBack(CreditNoteId creditNote, LocalDate bookedOn) {
    return takenBack.getOrDefault(creditNote, Set.of()).contains(bookedOn);
  }
}
