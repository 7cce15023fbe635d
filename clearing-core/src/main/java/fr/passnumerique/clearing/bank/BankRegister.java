package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.UnexplainedCredits;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.OnUseDebts;
import fr.passnumerique.clearing.funding.PaidEarly;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bank has said, what of it is explained, and what could explain the rest. */
final class BankRegister implements Register, DoubtfulTransfers, UnexplainedCredits {
  private final KnownBookings bookings = new KnownBookings();
  private final PaymentReferences references = new PaymentReferences();
  private final PaidEarly paidEarly = new PaidEarly();
  private final Map<String, Stated> statements = new LinkedHashMap<>();
  private final UnmatchedEntries unmatched = new UnmatchedEntries();

  /** Recorded by hand, and not seen on a statement yet. */
  private final Map<ReceiptId, FundsReceived> unproved = new LinkedHashMap<>();

  private final Map<ReceiptId, Long> receipts = new HashMap<>();

  /** Of those recorded by hand, the ones that a clerk took back, by the position of that. */
  private final Map<ReceiptId, Long> takenBack = new HashMap<>();

  private final PaidInByShare paidIn = new PaidInByShare();

  /** Transfers whose debit the bank has shown. */
  private final Set<String> debited = new HashSet<>();

  /** By transfer the days whose payment a clerk took back, each with the position of that. */
  private final Map<TransferId, Map<LocalDate, Long>> paymentsTakenBack = new HashMap<>();

  /** Transfers of which the bank has said that it executed them, which a clerk took back. */
  private final Set<TransferId> executionsTakenBack = new HashSet<>();

  /** Credit notes that a clerk says to be refunded, without a transfer of ours. */
  private final Map<String, CreditNoteRefunded> refundedByHand = new HashMap<>();

  /** By credit note and day the refunds that clerks took back. */
  private final Map<CreditNoteId, Map<LocalDate, List<NotRefunded>>> refundsTakenBack =
      new HashMap<>();

  /** The names of all credit notes, of whatever, by their words: several may have the same. */
  private final Map<String, Set<String>> creditNotes = new HashMap<>();

  /** The debit note that an entry has paid, by what the entry leaves when it is told no more. */
  private final Map<String, String> leftOf = new HashMap<>();

  /** Debit notes whose last payment the bank has shown, and credit notes refunded by hand. */
  private final Set<String> credited = new HashSet<>();

  private final Map<String, Disputed> disputed = new LinkedHashMap<>();

  /** Entries that are explained. */
  private final Map<String, Matched> matched = new HashMap<>();

  /** The last that was explained: what directly follows of its booking says what it is. */
  private @Nullable BankEntry explained;

  /** The last fact that is of one append with {@link #explained}. */
  private long explainedUntil;

  private final Map<String, Refused> refused = new LinkedHashMap<>();
  private final Map<String, Closed> closed = new LinkedHashMap<>();
  private final BankProof proof = new BankProof();
  private final BookedMoney money = new BookedMoney();

  /**
   * @param position of its fact
   */
  record Stated(BankStatementImported statement, long position, Instant recordedAt) {}

  /**
   * @param position of its fact
   */
  record Unmatched(BankEntryUnmatched fact, long position) {}

  /**
   * @param position of its fact
   */
  record Disputed(BankStatusDisputed fact, long position) {}

  /**
   * @param position of its fact
   */
  record Refused(BankFileRefused fact, long position) {}

  /**
   * @param position of its fact
   * @param on when it was recorded, Europe/Paris
   */
  record Closed(BankExceptionClosed fact, long position, LocalDate on) {}

  /**
   * @param fact that explains the entry
   * @param position of the last fact that was recorded with it
   */
  record Matched(Fact fact, long position) {}

  /**
   * A refund that a clerk took back.
   *
   * @param transfer that was to pay it; empty if it was without one
   * @param position of the fact of that
   */
  record NotRefunded(Optional<TransferId> transfer, long position) {}

  /** Null while a clerk has to deal with the exception. */
  @Nullable Closed closed(String exception) {
    return closed.get(exception);
  }

  /** Exceptions that a clerk has dealt with. */
  Collection<Closed> closed() {
    return closed.values();
  }

  /** Null if it is not explained. */
  @Nullable Matched matched(String entry) {
    return matched.get(entry);
  }

  /** Recorded by hand and not seen on a statement; else null. */
  @Nullable FundsReceived unproved(ReceiptId receipt) {
    return unproved.get(receipt);
  }

  boolean isRefused(String file) {
    return refused.containsKey(file);
  }

  Collection<Refused> refused() {
    return refused.values();
  }

  BankProof proof() {
    return proof;
  }

  /** What the bookings have moved that the bank tells. */
  BookedMoney money() {
    return money;
  }

  /** Which debit note had been paid by what has left this; empty if it is nothing of the kind. */
  Optional<String> leftOf(BankEntry entry) {
    return Optional.ofNullable(leftOf.get(entry.id()));
  }

  boolean isProved(TransferId transfer) {
    return debited.contains(transfer.value());
  }

  /** Whether the bank has shown the payment of what somebody was asked for under this name. */
  boolean isProved(String expected) {
    return credited.contains(expected);
  }

  /** Null if no clerk has said so, or a transfer of ours refunded it. */
  @Nullable CreditNoteRefunded refundedByHand(String creditNote) {
    return refundedByHand.get(creditNote);
  }

  /** The notes that are said to be refunded by this much and not shown by the bank, by name. */
  List<CreditNoteId> refundedByHand(long cents) {
    return refundedByHand.values().stream()
        .filter(refund -> refund.amountCents() == cents)
        .map(CreditNoteRefunded::creditNote)
        .filter(note -> !isProved(note.value()))
        .sorted(Comparator.comparing(CreditNoteId::value))
        .toList();
  }

  /** The refunds of a day that clerks took back, in that order. */
  List<NotRefunded> refundsTakenBack(CreditNoteId creditNote, LocalDate paidOn) {
    return refundsTakenBack.getOrDefault(creditNote, Map.of()).getOrDefault(paidOn, List.of());
  }

  /** The words of every credit note's name, refunded or not. */
  Set<String> creditNotes() {
    return creditNotes.keySet();
  }

  /** The notes whose names have these words. */
  Set<String> creditNotes(String words) {
    return creditNotes.getOrDefault(words, Set.of());
  }

  boolean isDisputed(String dispute) {
    return disputed.containsKey(dispute);
  }

  Collection<Disputed> disputed() {
    return disputed.values();
  }

  KnownBookings bookings() {
    return bookings;
  }

  PaymentReferences references() {
    return references;
  }

  OnUseDebts debts() {
    return paidEarly.debts();
  }

  /** What they have paid in that may pay it. */
  PaidEarly paidEarly() {
    return paidEarly;
  }

  /**
   * @param name as {@link BankStatementImported#statement}
   */
  @Nullable BankStatementImported statement(String name) {
    Stated stated = stated(name);
    return stated == null ? null : stated.statement();
  }

  /** With its position; null if there is none. */
  @Nullable Stated stated(String name) {
    return statements.get(name);
  }

  /** Statements that say otherwise than one told before. */
  List<Stated> contradicting() {
    return proof.contradicting().stream()
        .map(statement -> statements.get(statement.statement()))
        .toList();
  }

  boolean isContradicting(String name) {
    return proof.contradicting().stream().anyMatch(s -> s.statement().equals(name));
  }

  Collection<Stated> statements() {
    return statements.values();
  }

  Collection<Unmatched> unmatched() {
    return unmatched.all();
  }

  /** Those that name a transfer of ours. */
  Collection<Unmatched> unmatched(TransferId transfer) {
    return unmatched.of(transfer);
  }

  @Nullable Unmatched unmatched(String entry) {
    return unmatched.get(entry);
  }

  @Override
  public List<Doubt> doubts() {
    return new BankDoubts(this).read();
  }

  @Override
  public Optional<Debit> debit(TransferId transfer) {
    return unmatched.of(transfer).stream()
        .filter(BankRegister::isDebitOfATransfer)
        .map(Unmatched::fact)
        .findFirst()
        .map(f -> new Debit(f.entry().id(), -f.cents(), f.entry().bookedOn()));
  }

  @Override
  public Optional<Credit> of(String expected, long cents) {
    return unmatched.all().stream()
        .map(Unmatched::fact)
        .flatMap(
            f ->
                f
                    .pays(expected, cents)
                    .map(by -> new Credit(f.entry().id(), f.cents(), f.entry().bookedOn(), by))
                    .stream())
        .min(Comparator.comparing(Credit::by));
  }

  /** What the bank kept of a transfer that is explained makes nothing of the transfer doubtful. */
  static boolean isDebitOfATransfer(Unmatched one) {
    return one.fact().cents() < 0 && one.fact().why() != BankEntryUnmatched.Why.CHARGES;
  }

  /** Whether the bank has debited it once too often, and nobody has explained that yet. */
  boolean isDebitedTwice(TransferId transfer) {
    return unmatched.of(transfer).stream()
        .map(Unmatched::fact)
        .anyMatch(f -> f.why() == BankEntryUnmatched.Why.PAID_TWICE && f.cents() < 0);
  }

  Collection<FundsReceived> unproved() {
    return unproved.values();
  }

  /** Position of the fact by which a clerk took it back; null if none did. */
  @Nullable Long takenBack(ReceiptId receipt) {
    return takenBack.get(receipt);
  }

  /**
   * Position of the fact by which a clerk took back that it was paid on a day; null if none did.
   */
  @Nullable Long paymentTakenBack(TransferId transfer, LocalDate paidOn) {
    return paymentsTakenBack.getOrDefault(transfer, Map.of()).get(paidOn);
  }

  /**
   * Whether the bank had said that it executed it, and a clerk took that back, or any word of this
   * day.
   */
  boolean isExecutionTakenBack(TransferId transfer, LocalDate on) {
    return executionsTakenBack.contains(transfer) || paymentTakenBack(transfer, on) != null;
  }

  PaidInByShare paidIn() {
    return paidIn;
  }

  boolean hasReceipt(ReceiptId receipt) {
    return receipts.containsKey(receipt);
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    references.fold(fact);
    paidIn.fold(fact);
    paidEarly.fold(fact);
    proof.fold(fact, Paris.dayOf(recordedAt));
    money.fold(
        fact,
        fact instanceof BankEntryProved f
            ? f.receipt().map(ReceiptId::new).map(unproved::get).orElse(null)
            : null,
        bookings);
    switch (fact) {
      case FundsReceived f -> {
        receipts.put(f.receipt(), position);
        f.entry()
            .ifPresentOrElse(
                entry -> book(entry, f.amountCents(), position),
                () -> unproved.put(f.receipt(), f));
      }
      case BankEntryProved f -> {
        book(f.entry(), f.cents(), position);
        f.receipt().ifPresent(receipt -> unproved.remove(new ReceiptId(receipt)));
        f.transfer().ifPresent(debited::add);
        f.expected().ifPresent(credited::add);
        f.expected()
            .filter(_ -> f.cents() > 0)
            .ifPresent(name -> leftOf.put(f.entry().toldNoMore().id(), name));
      }
      case BankEntryUnmatched f -> {
        book(f.entry(), f.cents(), position);
        // Older ledgers hold entries of 0.00, of which there is nothing to explain.
        if (f.cents() != 0) {
          unmatched.add(new Unmatched(f, position));
        }
      }
      case TransferConfirmed f ->
          f.entry()
              .ifPresent(
                  entry -> {
                    book(entry, -f.amountCents(), position);
                    debited.add(f.transfer().value());
                  });
      case TransferDebited f -> {
        book(f.entry(), -f.amountCents(), position);
        debited.add(f.transfer().value());
      }
      case TransferReturned f -> book(f.entry(), f.amountCents(), position);
      case CreditNote f ->
          creditNotes
              .computeIfAbsent(
                  PaymentReferences.words(f.creditNote().value()), _ -> new LinkedHashSet<>())
              .add(f.creditNote().value());
      case CreditNoteRefunded f -> {
        if (f.entry().isEmpty() && f.transfer().isEmpty()) {
          refundedByHand.put(f.creditNote().value(), f);
        }
        f.entry()
            .ifPresent(
                entry -> {
                  book(entry, -f.amountCents(), position);
                  f.transfer().ifPresent(transfer -> debited.add(transfer.value()));
                });
      }
      case RefundReturned f -> book(f.entry(), f.amountCents(), position);
      case RefundTakenBack f -> {
        refundedByHand.remove(f.creditNote().value());
        takeRefundBack(f.creditNote(), f.bookedOn(), new NotRefunded(f.transfer(), position));
        f.transfer().ifPresent(id -> takePaymentBack(id, f.bookedOn(), position));
      }
      case RefundExecutionTakenBack f -> {
        takeRefundBack(
            f.creditNote(), f.executedOn(), new NotRefunded(Optional.of(f.transfer()), position));
        executionsTakenBack.add(f.transfer());
      }
      case DebitNotePaid f ->
          f.entry()
              .ifPresentOrElse(
                  entry -> {
                    book(entry, f.cents(), position);
                    credited.add(f.debitNote().value());
                    leftOf.put(entry.toldNoMore().id(), f.debitNote().value());
                  },
                  // Parts of it may have been shown before: the rest, by a clerk's word, was not.
                  () -> credited.remove(f.debitNote().value()));
      case BankEntryMatched f -> {
        unmatched.remove(f.entry().id());
        matched.put(f.entry().id(), new Matched(f, position));
        explained = f.entry();
        explainedUntil = position;
      }
      case TransferReinstated _, RefundReinstated _ -> {
        // Comes before the booking of what is paid after all.
        if (position == explainedUntil + 1) {
          explainedUntil = position;
        }
      }
      case BankEntriesOffset f -> {
        for (BankEntry entry : List.of(f.credit(), f.debit())) {
          unmatched.remove(entry.id());
          matched.put(entry.id(), new Matched(f, position));
        }
      }
      case ReceiptTakenBack f -> {
        unproved.remove(f.receipt());
        f.entry().ifPresentOrElse(this::takeOut, () -> takenBack.put(f.receipt(), position));
      }
      case DebitNotePaymentTakenBack f ->
          f.entry()
              .ifPresentOrElse(
                  entry -> {
                    if (entry.leftBehind()) {
                      book(entry, -f.cents(), position);
                    } else {
                      takeOut(entry);
                    }
                  },
                  // Whatever was paid of it before was shown.
                  () -> credited.add(f.debitNote().value()));
      case TransferDebitTakenBack f -> {
        debited.remove(f.transfer().value());
        f.entry()
            .ifPresentOrElse(
                this::takeOut, () -> takePaymentBack(f.transfer(), f.debitedOn(), position));
      }
      case TransferExecutionTakenBack f -> {
        takePaymentBack(f.transfer(), f.executedOn(), position);
        executionsTakenBack.add(f.transfer());
      }
      case BankEntryTakenOut f -> {
        unmatched.remove(f.entry().id());
        takeOut(f.entry());
      }
      case BankExceptionClosed f ->
          closed.put(f.exception(), new Closed(f, position, Paris.dayOf(recordedAt)));
      case BankFileRefused f -> refused.put(f.file(), new Refused(f, position));
      case BankStatusDisputed f -> disputed.put(f.dispute(), new Disputed(f, position));
      case BankStatementImported f ->
          statements.put(f.statement(), new Stated(f, position, recordedAt));
      default -> {}
    }
  }

  private void takePaymentBack(TransferId transfer, LocalDate paidOn, long position) {
    paymentsTakenBack.computeIfAbsent(transfer, _ -> new HashMap<>()).put(paidOn, position);
  }

  private void takeRefundBack(CreditNoteId creditNote, LocalDate paidOn, NotRefunded back) {
    refundsTakenBack
        .computeIfAbsent(creditNote, _ -> new HashMap<>())
        .computeIfAbsent(paidOn, _ -> new ArrayList<>())
        .add(back);
  }

  private void takeOut(BankEntry entry) {
    bookings.takeOut(entry.booking());
    money.takeOut(entry);
  }

  private void book(BankEntry entry, long cents, long position) {
    bookings.add(entry, cents);
    if (entry.leftBehind()) {
      takeOut(entry);
    }
    // Of what was recorded with it alone: more may come of the same booking later.
    if (explained != null
        && position == explainedUntil + 1
        && explained.booking().equals(entry.booking())
        && explained.leftBehind() == entry.leftBehind()) {
      explainedUntil = position;
      matched.computeIfPresent(explained.id(), (_, before) -> new Matched(before.fact(), position));
    }
  }
}
