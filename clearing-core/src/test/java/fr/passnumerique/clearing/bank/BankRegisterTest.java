package fr.passnumerique.clearing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BankRegisterTest {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);

  private final BankRegister register = new BankRegister();
  private final BankEntry debit = entry("B-1", -1_000);
  private long position;

  /** A retry is answered by it. */
  @Test
  void theLastFactOfAnExplanationIsTheLastThatWasRecordedWithIt() {
    record(unmatched(debit));
    record(explained(debit));
    record(
        new RefundReinstated(
            new RefundOrderId("avoirs-1"), new TransferId("T-1"), new CreditNoteId("o-1~anct")));
    record(proved(debit));
    record(unmatched(debit.charges()));
    assertThat(explainedAt(debit)).isEqualTo(5);
  }

  @Test
  void whatIsRecordedOfTheSameBookingLaterIsNoPartOfIt() {
    record(unmatched(debit));
    record(explained(debit));
    record(proved(debit));
    record(proved(entry("B-2", 700)));
    record(unmatched(debit.charges()));
    assertThat(explainedAt(debit)).isEqualTo(3);
  }

  private long explainedAt(BankEntry entry) {
    BankRegister.Matched matched = register.matched(entry.id());
    assertThat(matched).isNotNull();
    return matched.position();
  }

  private void record(Fact fact) {
    register.fold(fact, ++position, Instant.parse("2026-04-02T10:00:00Z"));
  }

  private static BankEntry entry(String booking, long cents) {
    return new BankEntry(
        booking, Optional.empty(), DAY, DAY, cents, Optional.empty(), Optional.empty());
  }

  private static BankEntryUnmatched unmatched(BankEntry entry) {
    return new BankEntryUnmatched(
        entry,
        entry.bookedCents(),
        BankEntryUnmatched.Why.NO_REFERENCE,
        Optional.empty(),
        Optional.empty());
  }

  private static BankEntryMatched explained(BankEntry entry) {
    return new BankEntryMatched(
        entry, entry.bookedCents(), List.of(), Optional.empty(), Optional.of("T-1"), "clerk-1");
  }

  private static BankEntryProved proved(BankEntry entry) {
    return new BankEntryProved(
        entry, entry.bookedCents(), Optional.empty(), Optional.of("T-1"), DAY, Optional.empty());
  }
}
