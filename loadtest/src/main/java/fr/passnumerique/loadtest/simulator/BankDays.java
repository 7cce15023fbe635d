package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.TreeMap;

/**
 * What balances of a business day say of the bank account, against what the proof by the bank's
 * statements goes by: at the end of each day that a statement closes, both have the same cents. A
 * day that a clerk gave for want of the bank's stays the fact's, and only the proof goes by the
 * bank's once it is told.
 */
final class BankDays {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private final BankProof proof = new BankProof();
  private final TreeMap<LocalDate, Long> moved = new TreeMap<>();

  void fold(RecordedFact recorded) {
    Fact fact = recorded.fact();
    LocalDate recordedOn = recorded.recordedAt().atZone(PARIS).toLocalDate();
    proof.fold(fact, recordedOn);
    long cents = 0;
    for (Entry entry : Postings.of(fact)) {
      cents += entry.account().kind() == AccountKind.BANK ? entry.cents() : 0;
    }
    move(fact.happenedOn().orElse(recordedOn), cents);
    switch (fact) {
      case BankEntryProved f -> shift(f.recordedFor(), f.entry().bookedOn(), f.cents());
      // What is undone had been moved to the bank's day, and is undone on the fact's.
      case ReceiptTakenBack f ->
          f.entry().ifPresent(entry -> shift(f.receivedOn(), entry.bookedOn(), -f.amountCents()));
      case DebitNotePaymentTakenBack f ->
          f.entry().ifPresent(entry -> shift(f.paidOn(), entry.bookedOn(), -f.cents()));
      case TransferDebitTakenBack f ->
          f.entry().ifPresent(entry -> shift(f.debitedOn(), entry.bookedOn(), f.amountCents()));
      default -> {}
    }
  }

  private void shift(LocalDate from, LocalDate to, long cents) {
    move(from, -cents);
    move(to, cents);
  }

  private void move(LocalDate on, long cents) {
    moved.merge(on, cents, Math::addExact);
  }

  void hold() {
    for (BankProof.Closing closing : proof.closings()) {
      LocalDate day = closing.statement().to();
      long cents = moved.headMap(day, true).values().stream().reduce(0L, Math::addExact);
      if (cents != closing.ledgerCents()) {
        throw new Mismatch(
            Mismatch.Kind.INVARIANT,
            "%d cents are on the bank account on %s by business day, and %d by the bank's"
                .formatted(cents, day, closing.ledgerCents()));
      }
    }
  }
}
