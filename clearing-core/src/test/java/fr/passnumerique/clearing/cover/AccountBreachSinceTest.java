package fr.passnumerique.clearing.cover;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Since when cash of nobody knows whom is gone: the first moment after which some always was. */
class AccountBreachSinceTest {
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);
  private static final BankEntry DEBIT = entry("E-1", -1_150);
  private static final long FIRST = 1;

  private final CoverRegister register = new CoverRegister();
  private long position;

  private static BankEntry entry(String booking, long cents) {
    return new BankEntry(
        booking, Optional.empty(), DAY, DAY, cents, Optional.empty(), Optional.empty());
  }

  private static BankEntryUnmatched unexplained(BankEntry entry, long cents, Why why) {
    return new BankEntryUnmatched(entry, cents, why, Optional.of("R-1-1"), Optional.empty());
  }

  private static BankEntryUnmatched debit() {
    return unexplained(DEBIT, -1_150, Why.AMOUNT_DIFFERS);
  }

  private static BankEntryMatched explained() {
    return new BankEntryMatched(
        DEBIT, -1_150, List.of(), Optional.empty(), Optional.of("R-1-1"), "clerk-1");
  }

  private static BankEntryProved shown(long cents) {
    return new BankEntryProved(
        DEBIT, cents, Optional.empty(), Optional.of("R-1-1"), DAY, Optional.empty());
  }

  private static BankEntryUnmatched kept(long cents) {
    return unexplained(DEBIT.charges(), cents, Why.CHARGES);
  }

  private void tell(Fact... facts) {
    for (Fact fact : facts) {
      position++;
      register.fold(fact, position, Instant.EPOCH.plusSeconds(position));
    }
  }

  private void isOpenSince(long first) {
    RingFence.Breach breach = register.accountBreach();
    assertThat(breach).isNotNull();
    assertThat(breach.position()).isEqualTo(first);
    assertThat(breach.recordedAt()).isEqualTo(Instant.EPOCH.plusSeconds(first));
  }

  @Test
  void whatIsExplainedInPartLeavesItOpenSinceItsFirstMoment() {
    tell(debit());
    isOpenSince(FIRST);

    tell(explained(), shown(-1_000), kept(-150));

    assertThat(register.unexplainedDebits()).isEqualTo(150);
    isOpenSince(FIRST);
  }

  @Test
  void oneOfSeveralThatIsExplainedWholeLeavesItOpenToo() {
    tell(debit(), unexplained(entry("E-2", -50), -50, Why.UNKNOWN_DEBIT));

    tell(explained(), shown(-1_150));

    isOpenSince(FIRST);
  }

  @Test
  void explainedWholeItIsOpenNoMore() {
    tell(debit(), explained(), shown(-1_150));

    assertThat(register.accountBreach()).isNull();
  }

  /** The bank tells no more what had explained it. */
  @Test
  void whatOpensItAfterThatOpensItAnewThoughItBeOfTheSameBooking() {
    tell(debit(), explained(), shown(-1_150));

    tell(unexplained(DEBIT.toldNoMore(), -1_150, Why.TOLD_NO_MORE));

    isOpenSince(4);
  }

  /** Of a credit that came back 0.50 short, long after a debit was explained. */
  @Test
  void whatTheBankKeptOfALaterCreditOpensItAnew() {
    BankEntry back = entry("E-7", 950);
    tell(debit(), explained(), shown(-1_150), unexplained(back, 950, Why.AMOUNT_DIFFERS));

    tell(matched(back), returned(back), unexplained(back.charges(), -50, Why.CHARGES));

    isOpenSince(7);
  }

  @Test
  void whatTheBankKeptOfACreditThatIsExplainedBesideADebitLeavesItOpen() {
    BankEntry back = entry("E-7", 950);
    tell(debit(), unexplained(back, 950, Why.AMOUNT_DIFFERS));

    tell(matched(back), returned(back), unexplained(back.charges(), -50, Why.CHARGES));

    isOpenSince(FIRST);
  }

  private static BankEntryMatched matched(BankEntry credit) {
    return new BankEntryMatched(
        credit, credit.bookedCents(), List.of(), Optional.empty(), Optional.of("R-1-1"), "clerk-1");
  }

  private static TransferReturned returned(BankEntry entry) {
    return new TransferReturned(
        new SettlementRunId("R-1"),
        new TransferId("R-1-1"),
        DAY,
        "AC04",
        new VaultReference("v"),
        1_000,
        List.of(),
        List.of(),
        entry,
        List.of());
  }

  @Test
  void anotherEntryOpensItAnew() {
    tell(debit(), explained(), shown(-1_000), unexplained(entry("E-2", -1), -1, Why.UNKNOWN_DEBIT));

    isOpenSince(4);
  }

  @Test
  void whatIsOffsetEndsIt() {
    BankEntryUnmatched credit = unexplained(entry("E-2", 1_150), 1_150, Why.NO_REFERENCE);
    tell(debit(), credit, new BankEntriesOffset(credit.entry(), DEBIT, 1_150, "clerk-1"));
    assertThat(register.accountBreach()).isNull();

    tell(unexplained(entry("E-3", -1), -1, Why.UNKNOWN_DEBIT));

    isOpenSince(4);
  }
}
