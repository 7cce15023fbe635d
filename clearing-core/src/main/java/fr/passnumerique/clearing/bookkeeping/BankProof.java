package fr.passnumerique.clearing.bookkeeping;

import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankExceptionClosed;
import fr.passnumerique.clearing.bank.BankStatementImported;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A fold of what the ledger has on the ring-fenced account at the end of each day, against what the
 * bank says.
 *
 * <p>By the bank's days, not by when a fact was recorded: a statement may come days after its
 * bookings were notified, or before. Until a booking proves it, what a clerk has recorded by hand
 * stands on the day that the clerk gave.
 */
public final class BankProof {
  private final TreeMap<LocalDate, Long> movements = new TreeMap<>();

  /** By closing day, in the order of their recording. */
  private final TreeMap<LocalDate, List<BankStatementImported>> closings = new TreeMap<>();

  private final Set<String> exceptionsClosed = new HashSet<>();

  /** How often it may have come to be proven otherwise. */
  private int changes;

  /**
   * One closing balance.
   *
   * @param ledgerCents on the account at the end of that day, by the ledger
   */
  public record Closing(BankStatementImported statement, long ledgerCents) {
    public boolean proven() {
      return statement.closingCents() == ledgerCents;
    }

    /** What the ledger has too much; below zero if it has too little. */
    public long differenceCents() {
      return ledgerCents - statement.closingCents();
    }
  }

  /**
   * @param recordedOn the day in Paris; for facts that do not tell the bank's
   * @return whether it may be proven otherwise than before
   */
  public boolean fold(Fact fact, LocalDate recordedOn) {
    int before = changes;
    apply(fact, recordedOn);
    return changes != before;
  }

  private void apply(Fact fact, LocalDate recordedOn) {
    switch (fact) {
      case FundsReceived f ->
          move(f.entry().map(e -> e.bookedOn()).orElse(f.valueDate()), f.amountCents());
      case TransferConfirmed f -> move(f.bookedOn(), -f.amountCents());
      case TransferDebited f -> move(f.bookedOn(), -f.amountCents());
      case TransferReturned f -> move(f.returnedOn(), f.amountCents());
      case CreditNoteRefunded f -> move(f.bookedOn(), -f.amountCents());
      case RefundReturned f -> move(f.returnedOn(), f.amountCents());
      case RefundTakenBack f -> move(f.bookedOn(), f.amountCents());
      case DebitNotePaid f -> move(f.entry().map(e -> e.bookedOn()).orElse(f.paidOn()), f.cents());
      case BankEntryUnmatched f -> move(f.entry().bookedOn(), f.cents());
      case BankEntryMatched f -> move(f.entry().bookedOn(), -f.cents());
      case ReceiptTakenBack f ->
          move(f.entry().map(e -> e.bookedOn()).orElse(f.receivedOn()), -f.amountCents());
      case DebitNotePaymentTakenBack f ->
          move(f.entry().map(e -> e.bookedOn()).orElse(f.paidOn()), -f.cents());
      case TransferDebitTakenBack f ->
          move(f.entry().map(e -> e.bookedOn()).orElse(f.debitedOn()), f.amountCents());
      case BankEntryTakenOut f -> move(f.entry().bookedOn(), -f.cents());
      case BankEntryProved f -> {
        move(f.recordedFor(), -f.cents());
        move(f.entry().bookedOn(), f.cents());
      }
      case BankStatementImported f -> {
        closings.computeIfAbsent(f.to(), _ -> new ArrayList<>()).add(f);
        changes++;
      }
      case BankExceptionClosed f -> exceptionsClosed.add(f.exception());
      case SlipJudged _ -> {}
      default -> move(recordedOn, bank(fact));
    }
  }

  private static long bank(Fact fact) {
    long cents = 0;
    for (Entry entry : Postings.of(fact)) {
      if (entry.account().kind() == AccountKind.BANK) {
        cents = Math.addExact(cents, entry.cents());
      }
    }
    return cents;
  }

  private void move(LocalDate on, long cents) {
    if (cents != 0) {
      // What is booked on a day that no statement closes yet changes no proof: the usual case.
      if (!closings.isEmpty() && !on.isAfter(closings.lastKey())) {
        changes++;
      }
      movements.merge(on, cents, Math::addExact);
    }
  }

  /**
   * The closing balance that answers for the cash: the first that the ledger does not have, else
   * the last. One that is not proven is not made good by a later one that happens to be.
   *
   * @return empty if no statement is imported
   */
  public Optional<Closing> verdict() {
    List<Closing> all = closings();
    return all.stream()
        .filter(closing -> !closing.proven())
        .findFirst()
        .or(() -> all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()));
  }

  /**
   * Of those that close on one day the one in which no other of them goes on, whichever came first:
   * a statement or a page that came late does not close the day. Of several, or if they go on in a
   * circle, the one with the highest number, and without numbers the latest told.
   */
  private static BankStatementImported counting(List<BankStatementImported> told) {
    List<BankStatementImported> ends =
        told.stream()
            .filter(one -> told.stream().noneMatch(one::leadsTo))
            .filter(one -> told.stream().noneMatch(one::closesWhereOpens))
            .toList();
    return (ends.isEmpty() ? told : ends).stream().reduce(BankProof::later).orElseThrow();
  }

  private static BankStatementImported later(BankStatementImported one, BankStatementImported two) {
    return one.number().isPresent()
            && two.number().isPresent()
            && one.number().get() > two.number().get()
        ? one
        : two;
  }

  /**
   * Statements that say otherwise than one told before, whether a clerk is done with them or not;
   * parts of a day that join are none.
   */
  public List<BankStatementImported> contradicting() {
    List<BankStatementImported> found = new ArrayList<>();
    for (List<BankStatementImported> told : closings.values()) {
      for (int i = 1; i < told.size(); i++) {
        BankStatementImported one = told.get(i);
        if (told.subList(0, i).stream().anyMatch(one::contradicts)
            && (one.page().isPresent()
                || told.stream().noneMatch(other -> one.leadsTo(other) || other.leadsTo(one)))) {
          found.add(one);
        }
      }
    }
    return List.copyOf(found);
  }

  /**
   * Statements in whose place the bank has told another since: what they say counts no more. Which
   * of the two was the wrong one is a clerk's to say, who closes the later one.
   */
  public List<BankStatementImported> superseded() {
    List<BankStatementImported> contradicting = contradicting();
    List<BankStatementImported> found = new ArrayList<>();
    for (List<BankStatementImported> told : closings.values()) {
      for (int i = 0; i < told.size(); i++) {
        BankStatementImported one = told.get(i);
        if (told.subList(i + 1, told.size()).stream()
            .anyMatch(later -> later.contradicts(one) && contradicting.contains(later))) {
          found.add(one);
        }
      }
    }
    return List.copyOf(found);
  }

  /** The first of them that a clerk has yet to deal with: the cash is unproven until then. */
  public Optional<BankStatementImported> disputed() {
    return contradicting().stream()
        .filter(statement -> !exceptionsClosed.contains(statement.statement()))
        .findFirst();
  }

  /** Every closing balance that counts, the earliest first. */
  public List<Closing> closings() {
    List<Closing> all = new ArrayList<>(closings.size());
    long ledger = 0;
    LocalDate done = LocalDate.MIN;
    for (List<BankStatementImported> told : closings.values()) {
      BankStatementImported statement = counting(told);
      for (long cents : movements.subMap(done, false, statement.to(), true).values()) {
        ledger = Math.addExact(ledger, cents);
      }
      done = statement.to();
      all.add(new Closing(statement, ledger));
    }
    return List.copyOf(all);
  }
}
