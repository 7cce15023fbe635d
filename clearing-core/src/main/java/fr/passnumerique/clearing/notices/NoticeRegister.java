package fr.passnumerique.clearing.notices;

import fr.passnumerique.clearing.bank.BankFileRefused;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.ExpiryAnnounced;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.CeilingThresholds;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.FunderAccountProposed;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesOpposed.TitlesHeld;
import fr.passnumerique.clearing.redemption.OppositionProposed;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalContested;
import fr.passnumerique.clearing.reversal.ReversalDropped;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversalProposed;
import fr.passnumerique.clearing.reversal.ReversalUpheld;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import fr.passnumerique.clearing.upkeep.SettingAsideLifted;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentificationProposed;
import fr.passnumerique.clearing.venues.VenueLabelled;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest notices of each reader: whom a fact concerns is said here alone.
 *
 * <p>The page of notices and the count on every page come from memory. The road not taken, to read
 * the ledger by tags: a fact does not name all whom it concerns (an order's end names no funder),
 * and what is on every page may cost no query. So as many are kept as somebody looks through.
 */
final class NoticeRegister implements Register {
  /** Of one venue, funder or prescriber, of which there are thousands. */
  static final int KEPT = 50;

  /** Of all clerks, and of all auditors: what happens to anybody is theirs. */
  static final int KEPT_OF_OPERATOR = 500;

  private final int[] thresholds;
  private final Map<Reader, ArrayDeque<Notice>> kept = new HashMap<>();
  private final Map<Batch, OrderParties> running = new HashMap<>();
  private final Map<Ceiling, CeilingUse> ceilings = new HashMap<>();

  /** Whose notes the bank has refused or sent back the refund of: what reinstates it names none. */
  private final Map<CreditNoteId, FunderId> dueAgain = new HashMap<>();

  private record Ceiling(AgreementId agreement, FunderId funder) {}

  /** The fact that is folded, while it is. */
  private Instant at = Instant.EPOCH;

  private long position;

  /**
   * @param thresholds percent of a ceiling from which on a funder is told, between commas: a text,
   *     as a snapshot knows no lists among settings
   */
  NoticeRegister(String thresholds) {
    this.thresholds =
        CeilingThresholds.of(thresholds).stream().mapToInt(Integer::intValue).toArray();
  }

  /** The newest last; empty for somebody who was told of nothing. */
  Collection<Notice> of(Reader reader) {
    ArrayDeque<Notice> told = kept.get(reader);
    return told == null ? List.of() : told;
  }

  /** Who was ever told of anything. */
  Set<Reader> readers() {
    return Collections.unmodifiableSet(kept.keySet());
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    this.position = position;
    at = recordedAt;
    know(fact);
    tellVenue(fact);
    tellFunder(fact);
    tellPrescriber(fact);
    tellOperator(fact);
    if (fact instanceof ChequesExpired f) {
      running.remove(f.batch());
    }
  }

  /** What later facts do not tell: who holds an order's cheques, and how high a ceiling is. */
  private void know(Fact fact) {
    switch (fact) {
      case ChequesIssued f -> running.put(f.batch(), new OrderParties(f));
      case ChequesDelivered f -> {
        OrderParties order = running.get(f.cheques().batch());
        if (order != null) {
          order.deliver(f.prescriber().value(), f.cheques());
        }
      }
      case ChequesHandedOut f -> move(f.prescriber().value(), f.cheques(), -1);
      case StockReturned f -> move(f.prescriber().value(), f.cheques(), -1);
      case HandOutCorrected f -> move(f.prescriber().value(), f.cheques(), 1);
      case ChequesOpposed f ->
          f.titles()
              .forEach(
                  title ->
                      title
                          .prescriber()
                          .ifPresent(holder -> move(holder.value(), title.cheques(), -1)));
      case AgreementTerms f ->
          f.shares()
              .forEach(
                  share ->
                      use(new Ceiling(f.agreement(), share.funder())).limit(share.ceilingCents()));
      case RefundRejected f -> dueAgain.put(f.creditNote(), f.funder());
      case RefundReturned f -> dueAgain.put(f.creditNote(), f.funder());
      case CreditNoteRefunded f -> dueAgain.remove(f.creditNote());
      default -> {}
    }
  }

  private void move(String prescriber, List<ChequeRange> cheques, int sign) {
    for (ChequeRange range : cheques) {
      OrderParties order = running.get(range.batch());
      if (order != null) {
        order.move(prescriber, range, sign);
      }
    }
  }

  private CeilingUse use(Ceiling ceiling) {
    return ceilings.computeIfAbsent(ceiling, _ -> new CeilingUse());
  }

  private void tellVenue(Fact fact) {
    switch (fact) {
      case SlipJudged f -> {
        int refused = (int) f.lines().stream().filter(line -> line.rejected().isPresent()).count();
        if (refused > 0) {
          tell(
              Reader.of(f.venue()),
              told(NoticeKind.SLIP_WITH_REFUSED_LINES, f.reference())
                  .cents(f.acceptedCents())
                  .count(refused));
        }
      }
      // The same tells that one is paid after all, which is recorded with its reinstatement.
      case TransferExecuted f -> tellPayees(NoticeKind.PAID, f.transfer(), f.parts(), List.of());
      case TransferConfirmed f -> tellPayees(NoticeKind.PAID, f.transfer(), f.parts(), List.of());
      case TransferExecutionTakenBack f ->
          tellPayees(NoticeKind.PAYMENT_TAKEN_BACK, f.transfer(), f.parts(), List.of());
      // Where the bank's word that it executed it stays, so does that it is paid.
      case TransferDebitTakenBack f when f.executedOn().isEmpty() ->
          tellPayees(NoticeKind.PAYMENT_TAKEN_BACK, f.transfer(), f.parts(), List.of());
      case TransferRejected f ->
          tellPayees(NoticeKind.TRANSFER_REJECTED, f.transfer(), f.parts(), f.voided());
      case TransferReturned f ->
          tellPayees(
              f.closesAccount() ? NoticeKind.RETURNED_ACCOUNT_CLOSED : NoticeKind.TRANSFER_RETURNED,
              f.transfer(),
              f.parts(),
              List.of());
      case ReversalProposed f ->
          tell(
              Reader.of(f.venue()), told(NoticeKind.REVERSAL_BEGUN, f.reversal()).cents(f.cents()));
      case ReversalDropped f ->
          tell(Reader.of(f.venue()), told(NoticeKind.REVERSAL_DROPPED, f.reversal()));
      case LinesReversed f ->
          tell(
              Reader.of(f.venue()),
              told(NoticeKind.LINES_REVERSED, f.reversal()).cents(f.cents()).on(f.contestUntil()));
      case ReversalUpheld f ->
          tell(Reader.of(f.venue()), told(NoticeKind.REVERSAL_UPHELD, f.reversal()));
      case ReversalLifted f ->
          tell(Reader.of(f.venue()), told(NoticeKind.REVERSAL_LIFTED, f.reversal()));
      case DebitNoteIssued f ->
          tell(
              Reader.of(f.venue()),
              told(NoticeKind.DEBIT_NOTE_ISSUED, f.debitNote()).cents(f.cents()));
      case VenueLabelled f ->
          tell(
              Reader.of(f.venue()),
              told(NoticeKind.LABEL_GRANTED, f.decision()).on(f.labelledFrom()));
      case LabelDecided f ->
          ofLabel(f)
              .ifPresent(kind -> tell(Reader.of(f.venue()), told(kind, f.decision()).on(f.from())));
      case VenueAccountOpened f ->
          tell(
              Reader.of(f.venue()),
              told(NoticeKind.ACCOUNT_CONFIRMED, f.venue()).by(f.confirmedBy()));
      default -> {}
    }
  }

  /** Nothing is payable by an application, nor any less. */
  private static Optional<NoticeKind> ofLabel(LabelDecided decided) {
    return switch (decided.state()) {
      case LABELLED -> Optional.of(NoticeKind.LABEL_GRANTED);
      case SUSPENDED -> Optional.of(NoticeKind.LABEL_SUSPENDED);
      case WITHDRAWN -> Optional.of(NoticeKind.LABEL_WITHDRAWN);
      case CANDIDATE, ELIGIBLE -> Optional.empty();
    };
  }

  /**
   * All whom a transfer pays, each of its own cents.
   *
   * @param parts all of its amount, with what of its lines was reversed on their way
   * @param neverOwed what of it is not owed again: reversed lines that were never paid
   */
  private void tellPayees(
      NoticeKind kind, TransferId transfer, List<PaidCents> parts, List<VoidedLine> neverOwed) {
    SortedMap<String, Long> cents = new TreeMap<>();
    parts.forEach(part -> cents.merge(part.venue().value(), part.spent().cents(), Long::sum));
    for (VoidedLine line : neverOwed) {
      long spent = line.parts().stream().mapToLong(SpentCents::cents).sum();
      cents.merge(line.venue().value(), -spent, Long::sum);
    }
    cents.forEach(
        (venue, paid) -> tell(Reader.of(new VenueId(venue)), told(kind, transfer).cents(paid)));
  }

  private void tellFunder(Fact fact) {
    switch (fact) {
      case FundsCalled f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.FUNDS_CALLED, f.call()).cents(f.amountCents()).on(f.dueOn()));
      case FundsCallCancelled f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.CALL_CANCELLED, f.call()).cents(f.remainingCents()));
      case FundsReceived f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.FUNDS_RECEIVED, f.receipt()).cents(f.amountCents()));
      case ReceiptTakenBack f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.RECEIPT_TAKEN_BACK, f.receipt()).cents(f.amountCents()));
      case ChequesActivated f -> tellThresholds(f);
      case ExpiryAnnounced f ->
          funders(f.batch())
              .forEach(
                  funder -> tell(funder, told(NoticeKind.ORDER_ENDS, f.order()).on(f.endsOn())));
      case ChequesExpired f ->
          funders(f.batch())
              .forEach(funder -> tell(funder, told(NoticeKind.STATEMENT_TO_SIGN, f.order())));
      case CreditNote f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.CREDIT_NOTE_ISSUED, f.creditNote()).cents(f.amountCents()));
      case GiveBackCancelled f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.CREDIT_NOTE_CANCELLED, f.creditNote()).cents(f.amountCents()));
      case CreditNoteRefunded f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.CREDIT_NOTE_REFUNDED, f.creditNote()).cents(f.amountCents()));
      case RefundRejected f ->
          tell(Reader.of(f.funder()), told(NoticeKind.REFUND_REJECTED, f.creditNote()));
      case RefundTakenBack f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.REFUND_TAKEN_BACK, f.creditNote()).cents(f.amountCents()));
      case RefundReinstated f -> {
        FunderId funder = dueAgain.remove(f.creditNote());
        if (funder != null) {
          tell(Reader.of(funder), told(NoticeKind.REFUND_REINSTATED, f.creditNote()));
        }
      }
      case RefundReturned f ->
          tell(
              Reader.of(f.funder()),
              told(NoticeKind.REFUND_RETURNED, f.creditNote()).cents(f.amountCents()));
      case FunderAccountOpened f ->
          tell(Reader.of(f.funder()), told(NoticeKind.ACCOUNT_CONFIRMED, f.funder()));
      default -> {}
    }
  }

  /** Once of each ceiling: a fact may name several shares of it. */
  private void tellThresholds(ChequesActivated fact) {
    Map<Ceiling, Long> activated = new LinkedHashMap<>();
    fact.shares()
        .forEach(
            part ->
                activated.merge(
                    new Ceiling(part.agreement(), part.funder()), part.cents(), Long::sum));
    activated.forEach(
        (ceiling, cents) -> {
          int reached = use(ceiling).activate(cents, thresholds);
          if (reached > 0) {
            tell(
                Reader.of(ceiling.funder()),
                told(NoticeKind.BUDGET_THRESHOLD, ceiling.agreement()).count(reached));
          }
        });
  }

  private List<Reader> funders(Batch batch) {
    OrderParties order = running.get(batch);
    return order == null ? List.of() : order.funders().stream().map(Reader::funder).toList();
  }

  private void tellPrescriber(Fact fact) {
    switch (fact) {
      case ChequesDelivered f ->
          tell(
              Reader.of(f.prescriber()),
              told(NoticeKind.CHEQUES_DELIVERED, f.delivery()).count(f.cheques().count()));
      case ExpiryAnnounced f -> {
        OrderParties order = running.get(f.batch());
        if (order != null) {
          order
              .inStock()
              .forEach(
                  (prescriber, count) -> {
                    if (count > 0) {
                      tell(
                          Reader.prescriber(prescriber),
                          told(NoticeKind.ORDER_ENDS, f.order()).count(count).on(f.endsOn()));
                    }
                  });
        }
      }
      case ChequesOpposed f ->
          // Whoever approved it knows; whoever asked for it waits to be told.
          holders(f)
              .forEach(
                  (prescriber, count) ->
                      tell(
                          Reader.prescriber(prescriber),
                          told(NoticeKind.CHEQUES_OPPOSED, f.opposition())
                              .count(count)
                              .by(f.approvedBy().or(() -> Optional.of(f.by())))));
      default -> {}
    }
  }

  /** In whose stock opposed cheques are, or who handed them out. */
  private SortedMap<String, Integer> holders(ChequesOpposed fact) {
    SortedMap<String, Integer> holders = new TreeMap<>();
    for (TitlesHeld title : fact.titles()) {
      if (title.where() != ChequesOpposed.Whereabouts.IN_STOCK) {
        for (ChequeRange range : title.cheques()) {
          OrderParties order = running.get(range.batch());
          if (order != null) {
            order
                .holders(List.of(range))
                .forEach((prescriber, count) -> holders.merge(prescriber, count, Integer::sum));
          }
        }
      }
    }
    return holders;
  }

  private void tellOperator(Fact fact) {
    switch (fact) {
      case TransferRejected f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.TRANSFER_REJECTED, f.run() + "/" + f.transfer())
                  .cents(f.amountCents()));
      case TransferReturned f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.TRANSFER_RETURNED, f.run() + "/" + f.transfer())
                  .cents(f.amountCents()));
      case TransferReinstated f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.TRANSFER_REINSTATED, f.run() + "/" + f.transfer())
                  .cents(f.amountCents()));
      case RefundRejected f -> tell(Reader.CLERK, told(NoticeKind.REFUND_REJECTED, f.creditNote()));
      case RefundReinstated f ->
          tell(Reader.CLERK, told(NoticeKind.REFUND_REINSTATED, f.creditNote()));
      case RefundReturned f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.REFUND_RETURNED, f.creditNote()).cents(f.amountCents()));
      case SettlementRunOpened f when !f.transfers().isEmpty() ->
          tell(
              Reader.CLERK,
              told(NoticeKind.RUN_TO_RELEASE, f.run())
                  .cents(
                      f.transfers().stream()
                          .mapToLong(SettlementRunOpened.Transfer::amountCents)
                          .sum())
                  .by(f.openedBy()));
      case RefundsOrdered f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.REFUNDS_TO_RELEASE, f.order())
                  .cents(
                      f.transfers().stream().mapToLong(RefundsOrdered.Transfer::amountCents).sum())
                  .by(f.orderedBy()));
      case ReversalProposed f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.REVERSAL_TO_CONFIRM, f.reversal())
                  .cents(f.cents())
                  .by(f.proposedBy()));
      case ReversalContested f ->
          tell(Reader.CLERK, told(NoticeKind.REVERSAL_CONTESTED, f.reversal()).by(f.contestedBy()));
      case OppositionProposed f ->
          tell(Reader.CLERK, told(NoticeKind.OPPOSITION_TO_APPROVE, f.opposition()).by(f.by()));
      case VenueAccountProposed f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.VENUE_ACCOUNT_TO_CONFIRM, f.venue()).by(f.proposedBy()));
      case FunderAccountProposed f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.FUNDER_ACCOUNT_TO_CONFIRM, f.funder()).by(f.proposedBy()));
      case VenueIdentificationProposed f ->
          tell(
              Reader.CLERK,
              told(NoticeKind.IDENTIFICATION_TO_CONFIRM, f.venue() + "/" + f.siret())
                  .by(f.proposedBy()));
      case BankFileRefused f ->
          tell(Reader.CLERK, told(NoticeKind.BANK_FILE_REFUSED, f.file()).by(f.by()));
      case FactSetAside f ->
          tell(
              Reader.AUDITOR, told(NoticeKind.FACT_SET_ASIDE, f.projection() + "/" + f.position()));
      case SettingAsideLifted f ->
          tell(
              Reader.AUDITOR,
              told(NoticeKind.SETTING_ASIDE_LIFTED, f.projection() + "/" + f.position()));
      case RebuildDifferencesAccepted f ->
          tell(Reader.AUDITOR, told(NoticeKind.DIFFERENCES_ACCEPTED, f.differences().rebuild()));
      default -> {}
    }
  }

  /** A notice of the fact that is folded. */
  private Notice told(NoticeKind kind, Object about) {
    return new Notice(
        position, at, kind, about.toString(), 0, 0, Optional.empty(), Optional.empty());
  }

  private void tell(Reader reader, Notice notice) {
    ArrayDeque<Notice> told = kept.computeIfAbsent(reader, _ -> new ArrayDeque<>());
    boolean operators = reader.subject().isEmpty();
    if (told.size() == (operators ? KEPT_OF_OPERATOR : KEPT)) {
      told.removeFirst();
    }
    told.addLast(notice);
  }
}
