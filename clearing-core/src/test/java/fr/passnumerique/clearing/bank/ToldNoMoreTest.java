package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankExceptionClosed.Reason;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.UnexplainedDebits;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.ledger.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the bank tells of the 1st of April, and then no more. */
class ToldNoMoreTest {
  private static final String DAY = "2026-04-01";

  private final BankWorld world = BankWorld.usual();
  private final BankReading reading =
      new BankReading(world.register, Supplier::get, Unnoted.readings(world.vault));
  private final BankExceptions exceptions =
      new BankExceptions(world.register, Supplier::get, Unnoted.readings(world.vault));

  private static Camt day(long openingCents) {
    return day(DAY, openingCents);
  }

  private static Camt day(String day, long openingCents) {
    return Camt.statement("S-1", day, day, openingCents);
  }

  private List<String> open() {
    return exceptions.read(false, null, 100, BankWorld.AUDITOR).rows().stream()
        .filter(each -> each.kind().equals("STATEMENT"))
        .map(each -> each.exception() + " " + each.why() + " " + each.cents())
        .toList();
  }

  private String only() {
    List<String> open = open();
    assertThat(open).hasSize(1);
    return open.getFirst().split(" ")[0];
  }

  private boolean proven() {
    return world.register.proof().verdict().map(BankProof.Closing::proven).orElse(false)
        && world.register.proof().disputed().isEmpty();
  }

  private long unexplainedDebits() {
    UnexplainedDebits debits = new UnexplainedDebits();
    world.ledger.facts().forEach(fact -> debits.fold(fact, Postings.of(fact)));
    return debits.cents();
  }

  private List<String> unmatched() {
    return reading.unmatched(null, 100, BankWorld.CLERK).rows().stream()
        .map(each -> each.cents() + " " + each.why())
        .toList();
  }

  private static CloseBankException close(String exception, Reason reason) {
    return new CloseBankException(exception, reason, Optional.empty(), "clerk-1");
  }

  private BankExceptionClosed corrected(String exception) {
    return world.must(close(exception, Reason.CORRECTED_BY_BANK));
  }

  private static List<String> told(BankExceptionClosed closed) {
    return closed.takenOut().stream()
        .map(each -> each.cents() + " " + each.became() + each.of().map(of -> " " + of).orElse(""))
        .toList();
  }

  @Test
  void anEntryThatTheBankTellsOtherwiseIsTakenOutAndCoverIsProvenAgain() {
    world.importing(day(0).entry("o9", DAY, 200, "", "").bytes());
    world.importing(day(0).entry("o9", DAY, 201, "", "").bytes());
    assertThat(world.balance(BANK)).isEqualTo(401);
    assertThat(proven()).isFalse();

    BankExceptionClosed closed = corrected(only());

    assertThat(told(closed)).containsExactly("200 NOTHING");
    assertThat(world.balance(BANK)).isEqualTo(201);
    assertThat(world.balance(UNMATCHED)).isEqualTo(-201);
    assertThat(unmatched()).containsExactly("201 NO_REFERENCE");
    assertThat(open()).isEmpty();
    assertThat(proven()).isTrue();
  }

  @Test
  void aDebitThatNeverWasBreaksCoverNoMore() {
    world.importing(day(6_000).entry("q14", DAY, -5_000, "", "").bytes());
    world.importing(day(6_000).bytes());
    assertThat(unexplainedDebits()).isEqualTo(5_000);

    corrected(only());

    assertThat(unexplainedDebits()).isZero();
    assertThat(world.balance(BANK)).isZero();
    assertThat(unmatched()).isEmpty();
  }

  @Test
  void whatBothTellingsTellStays() {
    world.importing(day(0).entry("B-1", DAY, 500, "", "").entry("B-2", DAY, -200, "", "").bytes());
    world.importing(day(0).entry("B-1", DAY, 500, "", "").entry("B-3", DAY, -100, "", "").bytes());

    assertThat(told(corrected(only()))).containsExactly("-200 NOTHING");
    assertThat(unmatched()).containsExactly("500 NO_REFERENCE", "-100 UNKNOWN_DEBIT");
    assertThat(proven()).isTrue();
  }

  @Test
  void whatAnotherStatementTellsStays() {
    world.importing(day(0).entry("B-1", DAY, 500, "", "").bytes());
    world.importing(
        Camt.statement("S-2", DAY, "2026-04-02", 0).entry("B-1", DAY, 500, "", "").bytes());
    world.importing(day(0).bytes());

    // By a statement of that moment it may be told nowhere: that too has it decided again.
    LocalDate day = LocalDate.parse(DAY);
    world
        .ledger
        .when(close(only(), Reason.CORRECTED_BY_BANK))
        .thenIsDecidedAgainAfter(
            new BankStatementImported(
                "S9", "S-9", Optional.empty(), day, day, 0, 0, 0, Optional.empty()));
    assertThat(told(corrected(only()))).isEmpty();
    assertThat(world.balance(BANK)).isEqualTo(500);
  }

  @Test
  void aRehearsalTellsWhatWouldBeTakenOutAndARetryWhatWas() {
    world.importing(day(0).entry("o9", DAY, 200, "", "").bytes());
    world.importing(day(0).bytes());
    CloseBankException close = close(only(), Reason.CORRECTED_BY_BANK);

    int head = world.ledger.facts().size();
    BankExceptionClosed rehearsed =
        ((Outcome.Recorded<BankExceptionClosed>) world.ledger.rehearse(close)).answer();
    assertThat(world.ledger.facts()).hasSize(head);
    BankExceptionClosed closed = world.must(close);
    assertThat(closed).isEqualTo(rehearsed);
    assertThat(told(closed)).containsExactly("200 NOTHING");

    world.importing(day("2026-04-02", 0).entry("o10", "2026-04-02", 200, "", "").bytes());
    head = world.ledger.facts().size();
    assertThat(world.must(close)).isEqualTo(closed);
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void closedForAnotherReasonItStaysAndIsListedAsLeftOut() {
    world.importing(day(0).entry("o9", DAY, 200, "", "").bytes());
    world.importing(day(0).bytes());
    String differs = only();

    assertThat(told(world.must(close(differs, Reason.NOTHING_TO_DO)))).isEmpty();
    assertThat(world.balance(BANK)).isEqualTo(200);
    assertThat(open()).hasSize(1).first().asString().contains(" ENTRIES_LEFT_OUT 200");

    assertThat(told(corrected(only()))).containsExactly("200 NOTHING");
    assertThat(open()).isEmpty();
    assertThat(proven()).isTrue();
  }

  @Test
  void whatIsNotifiedAndNotOnTheStatementOfItsDayIsTakenOut() {
    world.importing(
        Camt.notification("N-1")
            .entry("B-1", DAY, 500, "", "")
            .entry("B-2", DAY, -300, "", "")
            .bytes());
    assertThat(open()).isEmpty();
    world.importing(day(0).entry("B-1", DAY, 500, "", "").bytes());
    assertThat(open()).hasSize(1).first().asString().contains(" ENTRIES_LEFT_OUT -300");

    String left = only();
    assertThat(told(corrected(left))).containsExactly("-300 NOTHING");
    assertThat(proven()).isTrue();
    assertThat(unmatched()).containsExactly("500 NO_REFERENCE");
    assertThat(open()).isEmpty();
    assertThat(exceptions.read(true, null, 100, BankWorld.AUDITOR).rows())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.exception()).isEqualTo(left);
              assertThat(each.why() + " " + each.cents() + " " + each.on())
                  .isEqualTo("ENTRIES_LEFT_OUT -300 " + DAY);
              assertThat(each.closed().orElseThrow().by()).isEqualTo("clerk-1");
            });
  }

  @Test
  void whatIsLeftOutAndBookedIsTakenOutByTheBanksCorrectionAlone() {
    world.importing(Camt.notification("N-1").entry("B-1", DAY, 500, "", "").bytes());
    world.importing(day(0).bytes());
    String left = only();
    for (Reason reason : Reason.values()) {
      if (reason != Reason.CORRECTED_BY_BANK) {
        world.ledger.when(close(left, reason)).thenRefuses(BankRefusal.ENTRIES_STILL_BOOKED);
      }
    }

    world.ledger.given(
        new BankExceptionClosed(left, Reason.NOTHING_TO_DO, Optional.empty(), "clerk-1"));
    assertThat(only()).isEqualTo(left);
    assertThat(new StatementsInDoubt(world.register).read())
        .extracting(StatementsInDoubt.Waiting::exception)
        .containsExactly(left);
    assertThat(told(corrected(left))).containsExactly("500 NOTHING");
    assertThat(told(corrected(left))).containsExactly("500 NOTHING");
    assertThat(proven()).isTrue();
    assertThat(open()).isEmpty();
  }

  @Test
  void whatIsNotifiedAfterTheStatementIsLeftOutByItToo() {
    world.importing(day(0).entry("B-1", DAY, 500, "", "").bytes());
    assertThat(proven()).isTrue();
    world.importing(Camt.notification("N-1").entry("B-2", DAY, -300, "", "").bytes());
    assertThat(open()).hasSize(1);

    corrected(only());
    assertThat(proven()).isTrue();
  }

  @Test
  void nothingIsLeftOutOfADayThatNoStatementHasClosedNorWhileTheBalancesAgree() {
    world.importing(Camt.notification("N-1").entry("B-1", DAY, 500, "", "").bytes());
    world.importing(day("2026-03-31", 0).bytes());
    assertThat(open()).isEmpty();
    world.importing(day("2026-04-01", 0).entry("B-1", DAY, 500, "", "").bytes());
    assertThat(open()).isEmpty();
    world.importing(
        Camt.notification("N-2")
            .entry("B-2", DAY, 700, "", "")
            .entry("B-3", DAY, -700, "", "")
            .bytes());
    assertThat(proven()).isTrue();
    assertThat(open()).isEmpty();
  }

  @Test
  void ofAStatementThatDoesNotSayWhichBookingsItTellsNothingIsConcluded() {
    world.importing(Camt.notification("N-1").entry("B-1", DAY, 500, "", "").bytes());
    LocalDate day = LocalDate.parse(DAY);
    // As statements were recorded before their bookings were.
    world.ledger.given(
        new BankStatementImported(
            "S0", "S-0", Optional.empty(), day, day, 0, 501, 1, Optional.empty()));

    assertThat(proven()).isFalse();
    assertThat(open()).isEmpty();
  }

  @Test
  void whatWasTakenOutComesAgainByALaterStatementAndByNoFileOfBefore() {
    byte[] first = day(0).entry("o9", DAY, 200, "", "").bytes();
    byte[] notice = Camt.notification("N-1").entry("o9", DAY, 200, "", "").bytes();
    world.importing(first);
    world.importing(notice);
    world.importing(day(0).bytes());
    corrected(only());

    int head = world.ledger.facts().size();
    for (byte[] before : List.of(first, notice)) {
      assertThat(world.importing(before).entries().getFirst().outcome())
          .isEqualTo(BankFileImported.Outcome.KNOWN);
    }
    assertThat(world.ledger.facts()).hasSize(head);

    BankFileImported again =
        world.importing(day(0).entry("o9", DAY, 200, "", "").entry("o10", DAY, 1, "", "").bytes());
    assertThat(again.entries().getFirst().outcome()).isEqualTo(BankFileImported.Outcome.UNMATCHED);
    assertThat(world.balance(BANK)).isEqualTo(201);
    assertThat(told(corrected(only()))).isEmpty();
    assertThat(proven()).isTrue();
    head = world.ledger.facts().size();
    for (byte[] before : List.of(first, notice)) {
      assertThat(world.importing(before).entries().getFirst().outcome())
          .isEqualTo(BankFileImported.Outcome.KNOWN);
    }
    assertThat(world.ledger.facts()).hasSize(head);
  }

  private static final String FROM_STATE = "Convention creuse-2026 anct";

  @Test
  void aReceiptIsTakenBackFromItsAgreement() {
    world.importing(day(0).entry("B-1", DAY, 571_400, "", FROM_STATE).bytes());
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-571_400);
    world.importing(day(0).entry("B-1", DAY, 571_300, "", FROM_STATE).bytes());

    assertThat(told(corrected(only()))).containsExactly("571400 RECEIPT_TAKEN_BACK B-1");

    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-571_300);
    assertThat(world.balance(BANK)).isEqualTo(571_300);
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(proven()).isTrue();
    ReceiptTakenBack back = world.ledger.facts(ReceiptTakenBack.class).getFirst();
    assertThat(back.happenedOn()).contains(LocalDate.parse(DAY));
  }

  @Test
  void aReceiptByHandThatTheBankHadShownIsTakenBackToo() {
    LocalDate before = LocalDate.parse(DAY).minusDays(1);
    world.must(new RecordReceipt(new ReceiptId("R-1"), AGREEMENT, STATE, 4_000, before));
    world.importing(day(0).entry("B-1", DAY, 4_000, "", FROM_STATE).bytes());
    assertThat(proven()).isTrue();
    world.importing(day(0).bytes());

    assertThat(told(corrected(only()))).containsExactly("4000 RECEIPT_TAKEN_BACK R-1");
    assertThat(
            ((Outcome.Refused<?>)
                    world.ledger.send(
                        new RecordReceipt(new ReceiptId("R-1"), AGREEMENT, STATE, 4_000, before)))
                .refusal()
                .code()
                .toString())
        .isEqualTo("RECEIPT_TAKEN_BACK");

    assertThat(world.balance(BANK)).isZero();
    assertThat(proven()).isTrue();
    // By business day it goes when it came: on the clerk's.
    assertThat(world.ledger.facts(ReceiptTakenBack.class).getFirst().happenedOn()).contains(before);
  }

  @Test
  void whatAClerkDividedIsTakenBackFromEach() {
    world.importing(day(0).entry("B-1", DAY, 2_500, "", "").bytes());
    String entry = reading.unmatched(null, 100, BankWorld.CLERK).rows().getFirst().entry();
    MatchBankEntry match =
        new MatchBankEntry(
            entry,
            List.of(
                new BankEntryMatched.Part(AGREEMENT, STATE, 1_000),
                new BankEntryMatched.Part(AGREEMENT, REGION, 1_500)),
            Optional.empty(),
            Optional.empty(),
            "clerk-1");
    world.must(match);
    world.importing(day(0).bytes());

    assertThat(told(corrected(only())))
        .containsExactly(
            "1000 RECEIPT_TAKEN_BACK %s-1".formatted(entry),
            "1500 RECEIPT_TAKEN_BACK %s-2".formatted(entry));
    assertThat(world.balance(FUNDER_CREDIT)).isZero();
    assertThat(proven()).isTrue();
    // Late, the clerk who matched it is told what was recorded.
    assertThat(world.must(match).entry().id()).isEqualTo(entry);
  }

  @Test
  void whatItSettledOfACallIsAskedForAgain() {
    FundsCalled call =
        world.must(
            new CallFunds(
                new CallId("C-1"), AGREEMENT, STATE, 10_000, BankWorld.TODAY.plusDays(30), "c"));
    world.must(
        new CallFunds(
            new CallId("C-2"), AGREEMENT, STATE, 5_000, BankWorld.TODAY.plusDays(30), "c"));
    world.importing(day(0).entry("B-1", DAY, 16_000, "", call.reference()).bytes());
    assertThat(called().openCents(AGREEMENT, STATE)).isZero();
    world.importing(day(0).bytes());

    corrected(only());

    assertThat(called().openCents(AGREEMENT, STATE)).isEqualTo(15_000);
    assertThat(called().open())
        .extracting(each -> each.fact().call().value())
        .containsExactly("C-1", "C-2");
  }

  private CalledFunds called() {
    CalledFunds called = new CalledFunds();
    long position = 0;
    for (var fact : world.ledger.facts()) {
      called.fold(fact, ++position);
    }
    return called;
  }

  @Test
  void whatMadeUpForAnotherLeavesAsMuchToBeExplained() {
    world.importing(
        day(6_000).entry("B-1", DAY, 300, "", "").entry("B-2", DAY, -300, "", "").bytes());
    String credit = reading.unmatched(null, 100, BankWorld.CLERK).rows().get(1).entry();
    String debit = reading.unmatched(null, 100, BankWorld.CLERK).rows().get(0).entry();
    world.must(new OffsetBankEntries(credit, debit, "clerk-1"));
    world.importing(day(6_000).entry("B-2", DAY, -300, "", "").bytes());

    BankExceptionClosed closed = corrected(only());

    assertThat(closed.takenOut())
        .singleElement()
        .satisfies(
            out -> {
              assertThat(out.cents()).isEqualTo(300);
              assertThat(out.became()).isEqualTo(BankExceptionClosed.Became.TO_EXPLAIN);
            });
    assertThat(unmatched()).containsExactly("-300 TOLD_NO_MORE");
    assertThat(unexplainedDebits()).isEqualTo(300);
    assertThat(world.balance(BANK)).isEqualTo(-300);
    assertThat(open()).isEmpty();

    world.importing(day("2026-04-02", 5_700).entry("B-3", "2026-04-02", 300, "", "").bytes());
    String made = reading.unmatched(null, 100, BankWorld.CLERK).rows().get(1).entry();
    world.must(
        new OffsetBankEntries(made, closed.takenOut().getFirst().of().orElseThrow(), "clerk-1"));
    assertThat(unexplainedDebits()).isZero();
  }

  @Test
  void whatWasTakenOutComesAgainByAStatementOfTheBalanceOfOneBefore() {
    world.importing(day(0).entry("B-1", DAY, 500, "", "").entry("B-2", DAY, 500, "", "").bytes());
    world.importing(day(0).entry("B-1", DAY, 500, "", "").bytes());
    assertThat(told(corrected(only()))).containsExactly("500 NOTHING");

    BankFileImported again = world.importing(day(0).entry("B-2", DAY, 500, "", "").bytes());

    assertThat(again.entries().getFirst().outcome()).isEqualTo(BankFileImported.Outcome.UNMATCHED);
    assertThat(told(corrected(only()))).containsExactly("500 NOTHING");
    assertThat(world.balance(BANK)).isEqualTo(500);
    assertThat(proven()).isTrue();
  }

  @Test
  void ofOneBalanceAndAsManyEntriesAStatementWithOthersIsAnother() {
    byte[] first = day(0).entry("B-1", DAY, 500, "", "").entry("B-2", DAY, 100, "", "").bytes();
    byte[] second = day(0).entry("B-1", DAY, 400, "", "").entry("B-2", DAY, 200, "", "").bytes();
    byte[] third = day(0).entry("B-1", DAY, 350, "", "").entry("B-2", DAY, 250, "", "").bytes();
    for (byte[] each : List.of(first, second, third)) {
      assertThat(world.importing(each).statements().getFirst().already()).isFalse();
    }
    int head = world.ledger.facts().size();
    for (byte[] each : List.of(first, second, third)) {
      assertThat(world.importing(each).statements().getFirst().already()).isTrue();
    }
    assertThat(world.ledger.facts()).hasSize(head);
    assertThat(open()).hasSize(2);

    assertThat(told(corrected(open().getFirst().split(" ")[0])))
        .containsExactly("500 NOTHING", "100 NOTHING", "400 NOTHING", "200 NOTHING");
    assertThat(told(corrected(only()))).isEmpty();
    assertThat(world.balance(BANK)).isEqualTo(600);
    assertThat(proven()).isTrue();
  }

  @Test
  void whatTheBankTellsAThirdTimeAsItDidFirstIsItsLastWordAfterTheCorrection() {
    Camt first = day(0).entry("B-1", DAY, 571_400, "", FROM_STATE);
    world.importing(first.bytes());
    world.importing(day(0).told("M-2").bytes());
    corrected(only());
    assertThat(world.balance(BANK)).isZero();

    // The file of before is that of before.
    assertThat(world.importing(first.bytes()).statements().getFirst().already()).isTrue();
    byte[] third = first.told("M-3").bytes();
    BankFileImported again = world.importing(third);
    assertThat(again.statements().getFirst().already()).isFalse();
    assertThat(again.entries().getFirst().outcome()).isEqualTo(BankFileImported.Outcome.RECEIVED);
    assertThat(proven()).isFalse();

    assertThat(told(corrected(only()))).isEmpty();
    assertThat(world.balance(BANK)).isEqualTo(571_400);
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-571_400);
    assertThat(proven()).isTrue();
    int head = world.ledger.facts().size();
    assertThat(world.importing(third).statements().getFirst().already()).isTrue();
    assertThat(world.importing(first.told("M-4").bytes()).statements().getFirst().already())
        .isTrue();
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void whatTheBankTellsAThirdTimeAsItDidFirstIsItsLastWordBeforeAnyCorrection() {
    Camt first = day(0).entry("B-1", DAY, 300, "", "");
    world.importing(first.bytes());
    world.importing(day(0).entry("B-1", DAY, 700, "", "").told("M-2").bytes());

    BankFileImported third = world.importing(first.told("M-3").bytes());

    assertThat(third.statements().getFirst().already()).isFalse();
    assertThat(third.entries().getFirst().outcome()).isEqualTo(BankFileImported.Outcome.KNOWN);
    assertThat(open()).hasSize(2);
    assertThat(told(corrected(open().getFirst().split(" ")[0]))).containsExactly("700 NOTHING");
    assertThat(proven()).isFalse();
    assertThat(told(corrected(only()))).isEmpty();
    assertThat(world.balance(BANK)).isEqualTo(300);
    assertThat(proven()).isTrue();
  }

  @Test
  void whatWasNotifiedForADayAndIsOnTheStatementOfALaterOneIsMovedThere() {
    Camt notified = Camt.notification("N-1").entry("B-1", DAY, 500, "", FROM_STATE);
    Camt later = day("2026-04-02", 0).entry("B-1", DAY, 500, "", FROM_STATE);
    world.importing(notified.bytes());
    world.importing(day(0).bytes());
    world.importing(later.bytes());
    assertThat(world.balance(BANK)).isEqualTo(1_000);

    assertThat(told(corrected(only()))).containsExactly("500 RECEIPT_TAKEN_BACK B-1");

    assertThat(world.balance(BANK)).isEqualTo(500);
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-500);
    assertThat(proven()).isTrue();
    int head = world.ledger.facts().size();
    world.importing(notified.bytes());
    world.importing(later.bytes());
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void soItIsWhereTheStatementOfItsDayComesLast() {
    Camt later = day("2026-04-02", 0).entry("B-1", DAY, 500, "", FROM_STATE);
    world.importing(Camt.notification("N-1").entry("B-1", DAY, 500, "", FROM_STATE).bytes());
    world.importing(later.bytes());
    assertThat(open()).isEmpty();
    assertThat(proven()).isTrue();
    world.importing(day(0).bytes());

    assertThat(told(corrected(only()))).containsExactly("500 RECEIPT_TAKEN_BACK B-1");
    assertThat(proven()).isFalse();
    world.importing(later.bytes());
    assertThat(told(corrected(only()))).isEmpty();

    assertThat(world.balance(BANK)).isEqualTo(500);
    assertThat(proven()).isTrue();
    int head = world.ledger.facts().size();
    world.importing(later.bytes());
    assertThat(world.ledger.facts()).hasSize(head);
  }
}
