package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TITLES_PAID;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_EXECUTED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TRANSFER_IN_TRANSIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_PAYABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RejectTransfer;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A transfer of 50 € that a clerk confirmed, and takes back. */
class ConfirmedByHandTest {
  private static final String VENUE = "10000000000001";
  private static final SettlementRunId RUN = new SettlementRunId("R-1");
  private static final TransferId TRANSFER = new TransferId("R-1-1");
  private static final LocalDate DAY = LocalDate.of(2026, 4, 2);
  private static final ConfirmTransfer CONFIRM = new ConfirmTransfer(RUN, TRANSFER, DAY);
  private static final RejectTransfer REJECT = new RejectTransfer(RUN, TRANSFER, DAY, "AC04");
  private static final TakeConfirmationBack TAKE_BACK = takingBack(TRANSFER, WhyNotPaid.REJECTED);

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void aTransferIsSent() {
    world.ledger.on(DAY.minusDays(1)).given(new DayOpened(DAY.minusDays(1)));
    long slip = TransfersTest.slip(world, VENUE, "v-1", 5_000);
    TransfersTest.open(world, "R-1", TransfersTest.transfer(TRANSFER, "v-1", VENUE, slip, 5_000));
    world.ledger.on(DAY).given(new DayOpened(DAY));
  }

  private static TakeConfirmationBack takingBack(TransferId transfer, WhyNotPaid reason) {
    return new TakeConfirmationBack(RUN, transfer, DAY, reason, "clerk-1");
  }

  private void refused(Command<?> command, String... says) {
    Outcome<?> outcome = world.ledger.send(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(outcome.toString()).contains(says);
  }

  private void stands(long payable, long inTransit, long paid) {
    assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-payable);
    assertThat(world.balance(TRANSFER_IN_TRANSIT)).isEqualTo(-inTransit);
    assertThat(world.balance(TITLES_PAID)).isEqualTo(paid);
    assertThat(world.balance(BANK)).isEqualTo(-paid);
  }

  private static Camt debit(String booking, long cents) {
    return Camt.notification("N-" + booking)
        .entry(booking, DAY.toString(), -cents, TRANSFER.value(), "");
  }

  @Test
  void isInTransitAgainAndSaidOnce() {
    world.must(CONFIRM);
    stands(0, 0, 5_000);

    TakeConfirmationBack.TakenBack back = world.must(TAKE_BACK);

    assertThat(back.paidOn()).isEqualTo(DAY);
    assertThat(back.amountCents()).isEqualTo(5_000);
    assertThat(world.ledger.facts(TransferDebitTakenBack.class))
        .singleElement()
        .satisfies(fact -> assertThat(fact.entry()).isEmpty());
    stands(0, 5_000, 0);
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(
        takingBack(TRANSFER, WhyNotPaid.OTHER),
        "CONFIRMATION_ALREADY_TAKEN_BACK",
        "for another reason, REJECTED");
  }

  @Test
  void whatTheBankRejectsAfterItIsPaidOnceByTheNextRun() {
    world.must(CONFIRM);
    world.importing(
        BankWorld.utf8(
            TransfersTest.status(
                "R-1", "", TransfersTest.single("R-1-1", "RJCT", TransfersTest.reason("AC04")))));
    stands(0, 0, 5_000);
    refused(REJECT, "TRANSFER_ALREADY_CONFIRMED", "takeConfirmationBack");

    world.must(TAKE_BACK);
    refused(
        new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, DAY, "clerk-1"),
        "NOTHING_TO_PAY");
    world.must(REJECT);

    stands(5_000, 0, 0);
    assertThat(world.must(again()).transfers())
        .singleElement()
        .satisfies(again -> assertThat(again.amountCents()).isEqualTo(5_000));
  }

  private void told(String status, String reason) {
    told(DAY, status, reason);
  }

  private void told(LocalDate on, String status, String reason) {
    world.importing(
        BankWorld.utf8(
            TransfersTest.status(on, "R-1", "", TransfersTest.single("R-1-1", status, reason))));
  }

  private LocalDate next() {
    LocalDate next = DAY.plusDays(1);
    world.ledger.on(next).given(new DayOpened(next));
    return next;
  }

  /** Believed, it would stand on a day that cannot be taken back once more. */
  @Test
  void whatTheBankExecutesOnADayThatAClerkTookBackIsADoubt() {
    world.must(CONFIRM);
    world.must(TAKE_BACK);

    told("ACSC", "");

    stands(0, 5_000, 0);
    assertThat(world.register.doubtful()).containsExactly(TRANSFER);
    world.must(REJECT);
  }

  @Test
  void whatTheBankSaysItExecutedAndRejectsAfterAllIsOwedOnceThatIsTakenBack() {
    told("ACSC", "");
    told("RJCT", TransfersTest.reason("AC04"));
    assertThat(world.balance(TRANSFER_EXECUTED)).isEqualTo(-5_000);
    refused(REJECT, "TRANSFER_ALREADY_CONFIRMED", "takeConfirmationBack");

    world.must(TAKE_BACK);

    stands(0, 5_000, 0);
    assertThat(world.balance(TRANSFER_EXECUTED)).isZero();
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(CONFIRM, "DEBIT_TAKEN_BACK");
    // Told again it pays nothing, and is a doubt of the bank's until a clerk has closed it.
    told(next(), "ACSC", "");
    stands(0, 5_000, 0);
    assertThat(world.register.doubtful()).containsExactly(TRANSFER);
    world.must(REJECT);
    stands(5_000, 0, 0);
    refused(again(), "NOTHING_TO_PAY", "may be paid already");
  }

  private OpenSettlementRun again() {
    world.ledger.given(
        new VenueAccountOpened(new VenueId(VENUE), new VaultReference("v-3"), "f-3"));
    return new OpenSettlementRun(new SettlementRunId("R-2"), PROGRAMME, next(), "clerk-1");
  }

  @Test
  void whoTakesItBackAndSendsThatAgainLateLeavesTheNextConfirmation() {
    world.must(CONFIRM);
    world.must(TAKE_BACK);
    world.must(new ConfirmTransfer(RUN, TRANSFER, next()));

    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();

    stands(0, 0, 5_000);
  }

  /** Reinstated, whoever takes it back and sends that again late took another word back. */
  @Test
  void whatTheBankExecutesOnceMoreAfterItsRejectionIsADoubtThatIsNotPaidAgain() {
    told("ACSC", "");
    world.must(TAKE_BACK);
    world.must(REJECT);

    told("ACSC", "");

    stands(5_000, 0, 0);
    assertThat(world.balance(TRANSFER_EXECUTED)).isZero();
    assertThat(world.register.doubtful()).containsExactly(TRANSFER);
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(again(), "NOTHING_TO_PAY", "may be paid already");
  }

  /** What comes back is the money of the clerk's word; its debit, told at last, proves that. */
  @Test
  void theFirstDebitThatTheBankShowsOfWhatHasComeBackProvesTheClerksWord() {
    world.must(CONFIRM);
    world.importing(comesBack("B-1").bytes());
    stands(5_000, 0, 0);

    assertThat(world.importing(debit("B-2", 5_000).bytes()).entries().getFirst().outcome())
        .isEqualTo(BankFileImported.Outcome.PROVED);

    stands(5_000, 0, 0);
    assertThat(world.register.unmatched()).isEmpty();
    // Another is one too many, and pays it if a clerk says so.
    world.importing(debit("B-3", 5_000).bytes());
    world.must(matching());
    stands(0, 0, 5_000);
  }

  @Test
  void whatHasComeBackDoesNotComeBackOnceMoreByAnEntryThatWaited() {
    world.importing(comesBack("B-1").bytes());
    world.must(CONFIRM);
    world.importing(comesBack("B-2").bytes());

    world.importing(debit("B-3", 5_000).bytes());

    assertThat(world.ledger.facts(TransferReturned.class)).hasSize(1);
    assertThat(world.balance(VENUE_PAYABLE)).isEqualTo(-5_000);
    assertThat(world.register.unmatched())
        .singleElement()
        .satisfies(
            one -> assertThat(one.fact().why()).isEqualTo(BankEntryUnmatched.Why.RETURNED_UNPAID));
  }

  @Test
  void aClerkMayNameItForADebitWhoseReferenceTheBankLost() {
    world.must(CONFIRM);
    world.importing(comesBack("B-1").bytes());
    world.importing(
        Camt.notification("N").entry("B-2", DAY.toString(), -5_000, "", "sans motif").bytes());

    world.must(matching());

    stands(5_000, 0, 0);
    assertThat(world.ledger.facts(BankEntryProved.class)).hasSize(1);
  }

  private static Camt comesBack(String booking) {
    return Camt.notification("N-" + booking)
        .returned(booking, DAY.toString(), 5_000, TRANSFER.value(), "AC04");
  }

  private MatchBankEntry matching() {
    return new MatchBankEntry(
        world.register.unmatched().iterator().next().fact().entry().id(),
        List.of(),
        Optional.empty(),
        Optional.of(TRANSFER),
        "clerk-1");
  }

  @Test
  void whatWasExecutedAfterAllIsPaidByItsDebit() {
    told("ACSC", "");
    world.must(TAKE_BACK);
    world.importing(debit("B-1", 5_000).bytes());
    stands(0, 0, 5_000);
    refused(REJECT, "TRANSFER_ALREADY_CONFIRMED");
  }

  @Test
  void whoConfirmedItAndSendsThatAgainLateConfirmsItNotAnew() {
    world.must(CONFIRM);
    world.must(TAKE_BACK);
    refused(CONFIRM, "DEBIT_TAKEN_BACK");
    stands(0, 5_000, 0);
  }

  @Test
  void whatTheBankDebitsAfterAllIsPaidOnce() {
    world.must(CONFIRM);
    world.must(TAKE_BACK);
    world.importing(debit("B-1", 5_000).bytes());
    stands(0, 0, 5_000);
    assertThat(world.register.unmatched()).isEmpty();
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
  }

  @Test
  void whatTheBankHasShownIsTheBanksToCorrect() {
    world.must(CONFIRM);
    world.importing(debit("B-1", 5_000).bytes());
    refused(TAKE_BACK, "CONFIRMATION_SHOWN", "closeBankException");
    stands(0, 0, 5_000);
  }

  @Test
  void theBankShowsItAtTheMomentThatItIsTakenBack() {
    world.must(CONFIRM);
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", 5_000).bytes());
    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), TAKE_BACK);
    assertThat(race.decidedAgain()).isTrue();
    stands(0, 0, 5_000);
  }

  @Test
  void aLineIsReversedAtTheMomentThatItIsTakenBack() {
    world.must(CONFIRM);
    world
        .ledger
        .when(TAKE_BACK)
        .thenIsDecidedAgainAfter(
            new LinesReversed(
                new ReversalId("indu-1"),
                new VenueId(VENUE),
                new SlipReference("S-1"),
                world.ledger.facts().size(),
                List.of(
                    new ReversedLine(
                        1,
                        new Serial(Batch.of(7), 1),
                        ReversedLine.Standing.PAID,
                        Optional.empty(),
                        List.of())),
                Reason.FRAUD,
                Optional.empty(),
                "clerk-1",
                Optional.empty(),
                DAY.plusDays(30)));
  }

  @Test
  void nothingIsTakenBackThatNobodyConfirmed() {
    refused(TAKE_BACK, "NOT_CONFIRMED");
    refused(takingBack(new TransferId("R-9-1"), WhyNotPaid.OTHER), "UNKNOWN_TRANSFER");
    world.must(REJECT);
    refused(TAKE_BACK, "NOT_CONFIRMED");
  }

  @Test
  void theStatementProvesTheAccountOnceItIsTakenBack() {
    world.must(CONFIRM);
    world.importing(Camt.statement("S-1", DAY.toString(), DAY.toString(), 0).bytes());
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(false);

    world.must(TAKE_BACK);

    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
  }
}
