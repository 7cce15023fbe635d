package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementParts;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The tries to have a venue paid twice, each by the commands and files that would do it: the bank
 * is asked for 50 € once, whatever happens.
 */
class PaidOnceTest {
  private static final VenueId VENUE = new VenueId("10000000000001");
  private static final SettlementRunId RUN = new SettlementRunId("R-1");
  private static final TransferId TRANSFER = new TransferId("R-1-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 3);

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void aRunIsReleased() {
    world.ledger.given(
        new VenueAccountOpened(VENUE, new VaultReference("v-1"), "iban-1"),
        slip(VENUE, "S-1", 5_000));
    world.ledger.on(DAY).given(new DayOpened(DAY));
    world.must(new OpenSettlementRun(RUN, PROGRAMME, DAY, "clerk-1"));
    world.must(new ReleaseSettlementRun(RUN, "clerk-2"));
    world.must(SettlementParts.download("R-1"));
  }

  private void importing(Camt camt) {
    world.importing(camt.bytes());
  }

  private static Camt debit(String reference, String transfer) {
    return Camt.notification("N-" + reference)
        .entry(reference, DAY.toString(), -5_000, transfer, "");
  }

  private void stands(long payable, long inTransit, long paid, long bank) {
    assertThat(
            List.of(
                -world.balance(VENUE_PAYABLE),
                -world.balance(TRANSFER_IN_TRANSIT),
                world.balance(TITLES_PAID),
                world.balance(BANK)))
        .as("payable, in transit, paid, bank")
        .containsExactly(payable, inTransit, paid, bank);
  }

  @Test
  void aRunReleasedTwiceAndAFileDownloadedTwiceOrderTheSameTransferOnce() {
    world.ledger.when(new ReleaseSettlementRun(RUN, "clerk-3")).thenAlreadyRecorded();
    world.must(SettlementParts.download("R-1"));
    // Both files bear one message identification; should the bank execute both, a clerk is told.
    importing(debit("B-1", "R-1-1"));
    importing(debit("B-2", "R-1-1"));

    stands(0, 0, 5_000, -10_000);
    assertThat(world.register.unmatched())
        .extracting(unmatched -> unmatched.fact().why())
        .containsExactly(BankEntryUnmatched.Why.PAID_TWICE);
  }

  @Test
  void aSecondRunFindsNothingThatTheFirstHasTaken() {
    assertThat(
            world.ledger.send(
                new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, DAY, "clerk-1")))
        .isInstanceOf(Outcome.Refused.class);
    stands(0, 5_000, 0, 0);
  }

  @Test
  void aRejectionAfterAConfirmationOwesNothingAgain() {
    world.must(new ConfirmTransfer(RUN, TRANSFER, DAY));
    assertThat(world.ledger.send(new RejectTransfer(RUN, TRANSFER, DAY, "AC04")))
        .isInstanceOf(Outcome.Refused.class);
    stands(0, 0, 5_000, -5_000);
  }

  @Test
  void aStatusOfATransferThatWasNeverSentPaysNobody() {
    world.importing(BankWorld.utf8(saying("R-9", "", TransfersTest.single("R-9-1", "ACSC", ""))));
    stands(0, 5_000, 0, 0);
    assertThat(world.register.disputed()).hasSize(1);
  }

  @Test
  void rejectedTheAccountIsClosedAndTheAmountIsPaidOnceByANewAccount() {
    world.importing(
        BankWorld.utf8(
            saying(
                "R-1", "", TransfersTest.single("R-1-1", "RJCT", TransfersTest.reason("AC04")))));
    stands(5_000, 0, 0, 0);
    isPaidOnceAnAccountIsOpened(0);
  }

  @Test
  void comeBackAfterItsSettlementTheAmountIsOwedAndPaidOnceByANewAccount() {
    importing(debit("B-1", "R-1-1"));
    importing(Camt.notification("N").returned("B-2", DAY.toString(), 5_000, "R-1-1", "AC04"));
    stands(5_000, 0, 0, 0);
    isPaidOnceAnAccountIsOpened(0);
  }

  private MatchBankEntry match(String transfer) {
    return new MatchBankEntry(
        world.register.unmatched().iterator().next().fact().entry().id(),
        List.of(),
        Optional.empty(),
        Optional.of(new TransferId(transfer)),
        "clerk-1");
  }

  @Test
  void debitedTwiceAndComeBackOnceItIsPaidByTheSecondDebit() {
    importing(debit("B-1", "R-1-1"));
    importing(debit("B-2", "R-1-1"));
    importing(Camt.notification("N").returned("B-3", DAY.toString(), 5_000, "R-1-1", "AC04"));
    assertThat(world.register.unmatched())
        .extracting(unmatched -> unmatched.fact().why())
        .contains(BankEntryUnmatched.Why.BACK_FROM_TWO_DEBITS);
    MatchBankEntry second = match("R-1-1");
    world.must(
        new MatchBankEntry(
            world.register.unmatched().stream()
                .filter(one -> one.fact().cents() > 0)
                .findFirst()
                .orElseThrow()
                .fact()
                .entry()
                .id(),
            List.of(),
            Optional.empty(),
            Optional.of(TRANSFER),
            "clerk-1"));
    stands(5_000, 0, 0, -5_000);

    world.must(second);

    stands(0, 0, 5_000, -5_000);
    assertThat(world.register.unmatched()).isEmpty();
  }

  @Test
  void debitedOnceMoreAfterItHasComeBackItIsPaidByThatAndByNoFurtherRun() {
    importing(debit("B-1", "R-1-1"));
    importing(Camt.notification("N").returned("B-2", DAY.toString(), 5_000, "R-1-1", "AC04"));
    world.ledger.given(new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"));
    importing(debit("B-3", "R-1-1"));
    MatchBankEntry match = match("R-1-1");
    OpenSettlementRun again =
        new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, DAY, "clerk-1");
    assertThat(world.ledger.send(again).toString()).contains("NOTHING_TO_PAY", "to transfer R-1-1");

    world.must(match);

    stands(0, 0, 5_000, -5_000);
    assertThat(world.ledger.send(again).toString()).contains("NOTHING_TO_PAY", "is unpaid");
    importing(Camt.notification("N").returned("B-4", DAY.toString(), 5_000, "R-1-1", "AC04"));
    stands(5_000, 0, 0, 0);
  }

  private void rejected(String run, String... transfers) {
    for (String transfer : transfers) {
      world.importing(
          BankWorld.utf8(
              saying(
                  run, "", TransfersTest.single(transfer, "RJCT", TransfersTest.reason("AC04")))));
    }
  }

  /** On the ledger's day. */
  private String saying(String message, String group, String payments) {
    return TransfersTest.status(world.ledger.today(), message, group, payments);
  }

  private static SlipJudged slip(VenueId venue, String reference, long cents) {
    return new SlipJudged(
        venue,
        new SlipReference(reference),
        "digest",
        Instant.parse("2026-03-20T10:00:00Z"),
        List.of(),
        List.of(),
        List.of(
            new SpentCents(
                PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, STATE, cents, Optional.empty())));
  }

  @Test
  void twoRejectedTransfersOfTheSameMoneyInOneFileAreReinstatedOnceAndAClerkSeesTheOther() {
    rejected("R-1", "R-1-1");
    world.ledger.given(new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"));
    OpenSettlementRun again =
        new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, DAY, "clerk-1");
    world.must(again);
    world.must(new ReleaseSettlementRun(again.run(), "clerk-2"));
    world.must(SettlementParts.download("R-2"));
    rejected("R-2", "R-2-1");
    stands(5_000, 0, 0, 0);

    importing(
        Camt.notification("N")
            .entry("B-1", DAY.toString(), -5_000, "R-1-1", "")
            .entry("B-2", DAY.toString(), -5_000, "R-2-1", ""));

    assertThat(world.ledger.facts(TransferReinstated.class))
        .extracting(TransferReinstated::transfer)
        .containsExactly(TRANSFER);
    stands(0, 0, 5_000, -10_000);
    assertThat(world.register.unmatched())
        .extracting(unmatched -> unmatched.fact().why())
        .containsExactly(BankEntryUnmatched.Why.PAID_AFTER_REJECTION);
  }

  /** The bank's debit of a rejected transfer is known before its lines are paid again. */
  @Test
  void aRunThatPaysAgainWhatTheBankHasDebitedIsNotReleased() {
    ReleaseSettlementRun release = openedAgainAfterRejection();
    importing(debit("B-1", "R-1-1"));
    refusedAsPaid(release);

    world.must(new CancelSettlementRun(release.run(), "clerk-1"));
    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(),
            Optional.empty(),
            Optional.of(TRANSFER),
            "clerk-1"));
    stands(0, 0, 5_000, -5_000);
  }

  @Test
  void theRunIsReleasedOnceTheBankHasGivenTheDebitBack() {
    ReleaseSettlementRun release = openedAgainAfterRejection();
    importing(debit("B-1", "R-1-1"));
    importing(Camt.notification("N").takenBack("B-2", DAY.toString(), 5_000, "R-1-1"));
    refusedAsPaid(release);
    List<String> entries =
        world.register.unmatched().stream().map(one -> one.fact().entry().id()).toList();
    world.must(new OffsetBankEntries(entries.getFirst(), entries.getLast(), "clerk-1"));
    world.must(release);
    stands(0, 5_000, 0, 0);
  }

  @Test
  void aRunIsNotReleasedWhileTheBankSaysThatItHasExecutedWhatItRejected() {
    ReleaseSettlementRun release = openedAgainAfterRejection();
    world.importing(BankWorld.utf8(saying("R-1", "", TransfersTest.single("R-1-1", "ACSC", ""))));
    refusedAsPaid(release);
    world.must(
        new CloseBankException(
            world.register.disputed().iterator().next().fact().dispute(),
            BankExceptionClosed.Reason.NOT_OURS,
            Optional.empty(),
            "clerk-1"));
    world.must(release);
  }

  @Test
  void aDebitAtTheMomentOfTheReleaseIsSeen() {
    ReleaseSettlementRun release = openedAgainAfterRejection();
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", "R-1-1").bytes());
    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), release);
    assertThat(race.decidedAgain()).isTrue();
    refusedAsPaid(release);
  }

  /** That the bank names another file, or another day, need not mean another payment. */
  @Test
  void whatTheBankSaysThatItExecutedIsNotPaidAgainWhateverFileOrDayItNames() {
    ReleaseSettlementRun release = openedAgainAfterRejection();
    String executed = TransfersTest.single("R-1-1", "ACSC", "");
    world.importing(BankWorld.utf8(saying("ANOTHER-FILE", "", executed)));
    refusedAsPaid(release);
    assertThat(world.ledger.facts(BankStatusDisputed.class).getLast().why())
        .isEqualTo(BankStatusDisputed.Why.ANOTHER_FILE);

    close(world.ledger.facts(BankStatusDisputed.class).getLast());
    world.importing(BankWorld.utf8(TransfersTest.status(DAY.minusDays(9), "R-1", "", executed)));
    assertThat(world.ledger.facts(BankStatusDisputed.class).getLast().why())
        .isEqualTo(BankStatusDisputed.Why.DATED_BEFORE_SENT);
    refusedAsPaid(release);

    close(world.ledger.facts(BankStatusDisputed.class).getLast());
    world.must(release);
  }

  private void close(BankStatusDisputed dispute) {
    world.must(
        new CloseBankException(
            dispute.dispute(),
            BankExceptionClosed.Reason.NOTHING_TO_DO,
            Optional.empty(),
            "clerk-1"));
  }

  /** Its file was never given out, so that no bank can have paid it: the debit is a clerk's. */
  @Test
  void aDebitThatNamesATransferOfACancelledRunHoldsNoOtherBack() {
    ReleaseSettlementRun cancelled = openedAgainAfterRejection();
    world.must(new CancelSettlementRun(cancelled.run(), "clerk-1"));
    importing(debit("B-1", "R-2-1"));
    OpenSettlementRun next =
        new OpenSettlementRun(new SettlementRunId("R-3"), PROGRAMME, DAY, "clerk-1");
    world.must(next);

    world.must(new ReleaseSettlementRun(next.run(), "clerk-2"));

    assertThat(world.register.unmatched())
        .extracting(unmatched -> unmatched.fact().why())
        .containsExactly(BankEntryUnmatched.Why.TRANSFER_NOT_SENT);
  }

  /** It pays nothing again; its file waits for who explains the debit. */
  @Test
  void aDebitThatNamesATransferBeforeItsReleaseDoesNotHoldItBack() {
    ReleaseSettlementRun release = openedAgainAfterRejection();
    importing(debit("B-1", "R-2-1"));
    assertThat(world.register.doubtful()).containsExactly(new TransferId("R-2-1"));

    world.must(release);
  }

  private ReleaseSettlementRun openedAgainAfterRejection() {
    rejected("R-1", "R-1-1");
    world.ledger.given(new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"));
    OpenSettlementRun again =
        new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, DAY, "clerk-1");
    world.must(again);
    return new ReleaseSettlementRun(again.run(), "clerk-2");
  }

  private void refusedAsPaid(ReleaseSettlementRun release) {
    assertThat(world.ledger.send(release))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused ->
                assertThat(refused.toString()).contains("MAY_BE_PAID_ALREADY", "R-2-1", "R-1-1"));
  }

  @Test
  void twoRejectedTransfersOfOtherMoneyInOneFileAreBothReinstatedAndPaidByNoFurtherRun() {
    VenueId other = new VenueId("10000000000002");
    LocalDate next = DAY.plusDays(1);
    world.ledger.given(
        new VenueAccountOpened(other, new VaultReference("v-9"), "iban-9"),
        slip(other, "S-1", 2_000));
    world.ledger.on(next).given(new DayOpened(next));
    OpenSettlementRun second =
        new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, next, "clerk-1");
    world.must(second);
    world.must(new ReleaseSettlementRun(second.run(), "clerk-2"));
    world.must(SettlementParts.download("R-2"));
    rejected("R-1", "R-1-1");
    rejected("R-2", "R-2-1");
    stands(7_000, 0, 0, 0);

    importing(
        Camt.notification("N")
            .entry("B-1", next.toString(), -5_000, "R-1-1", "")
            .entry("B-2", next.toString(), -2_000, "R-2-1", ""));

    assertThat(world.ledger.facts(TransferReinstated.class)).hasSize(2);
    stands(0, 0, 7_000, -7_000);
    assertThat(world.register.unmatched()).isEmpty();
    world.ledger.given(
        new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"),
        new VenueAccountOpened(other, new VaultReference("v-8"), "iban-8"));
    assertThat(
            world.ledger.send(
                new OpenSettlementRun(new SettlementRunId("R-3"), PROGRAMME, next, "clerk-1")))
        .isInstanceOf(Outcome.Refused.class);
  }

  /** A run whose file nobody has: 20 € for another venue beside 50 € for the first. */
  private SettlementRunId releasedAndNotHandedOut() {
    VenueId other = new VenueId("10000000000002");
    LocalDate next = DAY.plusDays(1);
    world.ledger.given(
        new VenueAccountOpened(other, new VaultReference("v-9"), "iban-9"),
        slip(VENUE, "S-2", 5_000),
        slip(other, "S-1", 2_000));
    world.ledger.on(next).given(new DayOpened(next));
    OpenSettlementRun second =
        new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, next, "clerk-1");
    world.must(second);
    world.must(new ReleaseSettlementRun(second.run(), "clerk-2"));
    return second.run();
  }

  @Test
  void aStatusOfATransferWhoseFileNobodyHasEndsNothing() {
    releasedAndNotHandedOut();
    for (String code : List.of("ACSC", "RJCT")) {
      world.importing(
          BankWorld.utf8(
              saying(
                  "R-2", "", TransfersTest.single("R-2-1", code, TransfersTest.reason("AC04")))));
      world.importing(BankWorld.utf8(saying("R-2", "<GrpSts>" + code + "</GrpSts>", "")));
    }
    stands(0, 12_000, 0, 0);
    assertThat(world.register.disputed())
        .hasSize(4)
        .allMatch(one -> one.fact().why() == BankStatusDisputed.Why.NEVER_SENT);

    world.must(SettlementParts.download("R-2"));
    rejected("R-2", "R-2-1");
    stands(5_000, 7_000, 0, 0);
  }

  @Test
  void aStatusAtTheMomentOfTheHandingOutIsReadAgain() {
    releasedAndNotHandedOut();
    BankFile file =
        new BankFileReader(BankWorld.IBAN)
            .read(
                BankWorld.utf8(
                    saying(
                        "R-2",
                        "",
                        TransfersTest.single("R-2-1", "RJCT", TransfersTest.reason("AC04")))));
    var race =
        world.ledger.race(
            SettlementParts.download("R-2"), new ImportBankFile(file, Map.of(), Map.of()));
    assertThat(race.decidedAgain()).isTrue();
    stands(5_000, 7_000, 0, 0);
  }

  @Test
  void whatTheBankDebitsAtTheMomentOfTheHandingOutIsNotInTheFileOrIsInItAndPaid() {
    releasedAndNotHandedOut();
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", "R-2-1").bytes());
    var race =
        world.ledger.race(
            new ImportBankFile(file, Map.of(), Map.of()), SettlementParts.download("R-2"));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    world.must(SettlementParts.download("R-2", "R-2-1"));
    stands(0, 7_000, 5_000, -5_000);
  }

  @Test
  void whatTheBankDebitsAtTheMomentOfTheCancellationIsPaidOnce() {
    SettlementRunId run = releasedAndNotHandedOut();
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", "R-2-1").bytes());
    var race =
        world.ledger.race(
            new ImportBankFile(file, Map.of(), Map.of()), new CancelSettlementRun(run, "clerk-1"));
    assertThat(race.decidedAgain()).isTrue();
    stands(2_000, 5_000, 5_000, -5_000);
  }

  @Test
  void whatIsCancelledAtTheMomentOfItsDebitIsExplainedByAClerk() {
    SettlementRunId run = releasedAndNotHandedOut();
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", "R-2-1").bytes());
    var race =
        world.ledger.race(
            new CancelSettlementRun(run, "clerk-1"), new ImportBankFile(file, Map.of(), Map.of()));
    assertThat(race.decidedAgain()).isTrue();
    stands(7_000, 5_000, 0, -5_000);
    assertThat(world.register.unmatched())
        .extracting(unmatched -> unmatched.fact().why())
        .containsExactly(BankEntryUnmatched.Why.TRANSFER_NOT_SENT);
  }

  @Test
  void aRunThatTheBankHasDebitedInAnotherAmountIsNotCancelledBeforeSomebodyExplainsThat() {
    SettlementRunId run = releasedAndNotHandedOut();
    importing(Camt.notification("N").entry("B-1", DAY.toString(), -4_999, "R-2-1", ""));
    assertThat(world.ledger.send(new CancelSettlementRun(run, "clerk-1")))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.toString()).contains("DEBIT_UNEXPLAINED", "R-2-1"));
  }

  private void isPaidOnceAnAccountIsOpened(long bank) {
    OpenSettlementRun again =
        new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, DAY, "clerk-1");
    assertThat(world.ledger.send(again)).isInstanceOf(Outcome.Refused.class);
    world.ledger.given(new VenueAccountOpened(VENUE, new VaultReference("v-2"), "iban-2"));
    SettlementRunOpened opened = world.must(again);
    assertThat(opened.transfers()).hasSize(1);
    assertThat(opened.transfers().getFirst().account()).isEqualTo(new VaultReference("v-2"));
    world.must(new ReleaseSettlementRun(again.run(), "clerk-2"));
    importing(debit("B-3", "R-2-1"));
    stands(0, 0, 5_000, bank - 5_000);
  }
}
