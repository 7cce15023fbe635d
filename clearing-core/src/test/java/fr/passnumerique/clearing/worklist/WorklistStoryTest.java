package fr.passnumerique.clearing.worklist;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.worklist.WorklistWorld.CLERK;
import static fr.passnumerique.clearing.worklist.WorklistWorld.SECOND;
import static fr.passnumerique.clearing.worklist.WorklistWorld.VENUE;
import static fr.passnumerique.clearing.worklist.WorklistWorld.confirming;
import static fr.passnumerique.clearing.worklist.WorklistWorld.proposing;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankParts;
import fr.passnumerique.clearing.bank.TakeRefundBack;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CancelCall;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.expiry.AnnounceExpiry;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.ExpireCheques;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.expiry.SignExpiry;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.payee.DropPayeeAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.redemption.ApproveOpposition;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OpposeCheques;
import fr.passnumerique.clearing.redemption.OppositionId;
import fr.passnumerique.clearing.refund.CancelRefunds;
import fr.passnumerique.clearing.refund.OrderRefunds;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.ReleaseRefunds;
import fr.passnumerique.clearing.reversal.ConfirmReversal;
import fr.passnumerique.clearing.reversal.ContestReversal;
import fr.passnumerique.clearing.reversal.DecideContest;
import fr.passnumerique.clearing.reversal.DropReversal;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.settlement.CancelSettlementRun;
import fr.passnumerique.clearing.settlement.ConfirmTransfer;
import fr.passnumerique.clearing.settlement.CreditTransferFileDownloaded;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.ReleaseSettlementRun;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who has what to do, told by the commands that people send, from the first word to the last. */
class WorklistStoryTest {
  private static final OrderId ORDER = new OrderId("o-1");
  private static final LocalDate SOON = FundedWorld.TODAY.plusDays(10);

  private final WorklistWorld world = new WorklistWorld();

  @Test
  void aProgrammeThatRunsAsItShouldAsksNothingOfAnybody() {
    world.presents("BR-1", 1, 5);

    assertThat(world.clerk()).isEmpty();
    assertThat(world.venue()).isEmpty();
    assertThat(world.funder(STATE)).isEmpty();
  }

  // --- accounts and runs

  @Test
  void aVenuesAccountWaitsForASecondPersonUntilItIsConfirmedOrDropped() {
    Payee venue = Payee.of(VENUE);
    world.must(proposing(venue, "v-1"));
    assertThat(world.clerk()).containsExactly("CONFIRM_VENUE_ACCOUNT " + VENUE);
    assertThat(world.task().startedBy()).contains(CLERK);

    world.must(confirming(venue, "v-1"));
    assertThat(world.clerk()).isEmpty();

    world.must(proposing(venue, "v-2"));
    assertThat(world.clerk()).containsExactly("CONFIRM_VENUE_ACCOUNT " + VENUE);
    world.must(new DropPayeeAccount(venue, new VaultReference("v-2"), SECOND));
    assertThat(world.clerk()).isEmpty();
  }

  @Test
  void aFundersAccountWaitsForASecondPersonUntilItIsConfirmedOrDropped() {
    Payee funder = Payee.of(STATE);
    world.must(proposing(funder, "v-1"));
    assertThat(world.clerk()).containsExactly("CONFIRM_FUNDER_ACCOUNT " + STATE);
    assertThat(world.task().startedBy()).contains(CLERK);

    world.must(new DropPayeeAccount(funder, new VaultReference("v-1"), CLERK));
    assertThat(world.clerk()).isEmpty();

    world.must(proposing(funder, "v-2"));
    assertThat(world.clerk()).containsExactly("CONFIRM_FUNDER_ACCOUNT " + STATE);
    world.must(confirming(funder, "v-2"));
    assertThat(world.clerk()).isEmpty();
  }

  @Test
  void aRunWaitsForASecondClerkUntilItIsReleasedOrCancelled() {
    world.must(proposing(Payee.of(VENUE), "v-1"));
    world.must(confirming(Payee.of(VENUE), "v-1"));
    world.presents("BR-1", 1, 5);
    world.on(SOON);

    world.must(
        new OpenSettlementRun(new SettlementRunId("R-1"), FundedWorld.PROGRAMME, SOON, CLERK));
    assertThat(world.clerk()).containsExactly("RELEASE_RUN R-1");
    assertThat(world.task().cents()).isEqualTo(5_000);
    assertThat(world.task().startedBy()).contains(CLERK);
    world.must(new CancelSettlementRun(new SettlementRunId("R-1"), CLERK));
    assertThat(world.clerk()).isEmpty();

    world.must(
        new OpenSettlementRun(new SettlementRunId("R-2"), FundedWorld.PROGRAMME, SOON, CLERK));
    assertThat(world.clerk()).containsExactly("RELEASE_RUN R-2");
    world.must(new ReleaseSettlementRun(new SettlementRunId("R-2"), SECOND));
    assertThat(world.clerk()).containsExactly("DOWNLOAD_TRANSFER_FILE R-2");
  }

  @Test
  void aReleasedRunWaitsForItsFileToBeTakenToTheBankAndThenForTheBanksAnswer() {
    world.must(proposing(Payee.of(VENUE), "v-1"));
    world.must(confirming(Payee.of(VENUE), "v-1"));
    world.presents("BR-1", 1, 5);
    // The Thursday before Easter: the banking days after it are 7, 8 and 9 April.
    world.on(LocalDate.of(2026, 4, 2));
    SettlementRunId run = new SettlementRunId("R-1");
    world.must(new OpenSettlementRun(run, FundedWorld.PROGRAMME, world.today(), CLERK));
    world.must(new ReleaseSettlementRun(run, SECOND));
    assertThat(world.clerk()).containsExactly("DOWNLOAD_TRANSFER_FILE R-1");
    assertThat(world.task().cents()).isEqualTo(5_000);
    assertThat(world.task().dueOn()).contains(LocalDate.of(2026, 4, 7));
    assertThat(world.task().remedy()).isEqualTo("downloadCreditTransferFile");

    world.given(new CreditTransferFileDownloaded(run, SECOND, "R-1", "0".repeat(64)));
    assertThat(world.clerk()).isEmpty();
    world.on(LocalDate.of(2026, 4, 9));
    assertThat(world.clerk()).as("the last of three banking days").isEmpty();
    world.on(LocalDate.of(2026, 4, 10));
    assertThat(world.clerk()).containsExactly("CHASE_TRANSFERS R-1");
    assertThat(world.task().since()).isEqualTo("2026-04-09T22:00:00Z");
    assertThat(world.task().cents()).isEqualTo(5_000);
    assertThat(world.task().remedy()).isEqualTo("importBankFile");

    world.must(new ConfirmTransfer(run, new TransferId("R-1-1"), LocalDate.of(2026, 4, 9)));
    assertThat(world.clerk()).isEmpty();

    world.given(debitTakenBack(run));
    world.on(LocalDate.of(2026, 4, 15));
    assertThat(world.clerk()).as("three banking days to tell another debit").isEmpty();
    world.on(LocalDate.of(2026, 4, 16));
    assertThat(world.clerk()).containsExactly("CHASE_TRANSFERS R-1");
    assertThat(world.task().cents()).isEqualTo(5_000);
  }

  @Test
  void whatTheBankTellsNoMoreOfARunWhoseFileNobodyHasWaitsForItsFileAgain() {
    world.must(proposing(Payee.of(VENUE), "v-1"));
    world.must(confirming(Payee.of(VENUE), "v-1"));
    world.presents("BR-1", 1, 5);
    world.on(LocalDate.of(2026, 4, 2));
    SettlementRunId run = new SettlementRunId("R-1");
    world.must(new OpenSettlementRun(run, FundedWorld.PROGRAMME, world.today(), CLERK));
    world.must(new ReleaseSettlementRun(run, SECOND));
    Task before = world.task();

    world.given(debited(run));
    assertThat(world.clerk()).isEmpty();
    world.given(debitTakenBack(run));

    assertThat(world.clerk()).containsExactly("DOWNLOAD_TRANSFER_FILE R-1");
    assertThat(world.task()).isEqualTo(before);
    world.on(LocalDate.of(2026, 4, 20));
    assertThat(world.clerk()).containsExactly("DOWNLOAD_TRANSFER_FILE R-1");
    world.must(new CancelSettlementRun(run, CLERK));
    assertThat(world.clerk()).isEmpty();
  }

  @Test
  void whatTheBankSaysItExecutedIsAskedForUntilItDebitsIt() {
    world.must(proposing(Payee.of(VENUE), "v-1"));
    world.must(confirming(Payee.of(VENUE), "v-1"));
    world.presents("BR-1", 1, 5);
    world.on(LocalDate.of(2026, 4, 2));
    SettlementRunId run = new SettlementRunId("R-1");
    world.must(new OpenSettlementRun(run, FundedWorld.PROGRAMME, world.today(), CLERK));
    world.must(new ReleaseSettlementRun(run, SECOND));
    world.given(new CreditTransferFileDownloaded(run, SECOND, "R-1", "0".repeat(64)));
    TransferConfirmed paid = debited(run);
    LocalDate day = LocalDate.of(2026, 4, 7);
    world.given(
        new TransferExecuted(
            run, paid.transfer(), day, paid.amountCents(), paid.parts(), List.of()));
    world.on(LocalDate.of(2026, 4, 10));
    assertThat(world.clerk()).containsExactly("CHASE_TRANSFERS R-1");

    world.given(
        new TransferDebited(
            run,
            paid.transfer(),
            paid.bookedOn(),
            paid.amountCents(),
            paid.parts(),
            paid.entry().orElseThrow(),
            Optional.of(day)));

    assertThat(world.clerk()).isEmpty();
  }

  private TransferConfirmed debited(SettlementRunId run) {
    TransferDebitTakenBack back = debitTakenBack(run);
    return new TransferConfirmed(
        run,
        back.transfer(),
        back.debitedOn(),
        back.amountCents(),
        back.parts(),
        List.of(),
        back.entry());
  }

  /** The bank tells the debit of the run's only transfer no more. */
  private TransferDebitTakenBack debitTakenBack(SettlementRunId run) {
    SettlementRunOpened.Transfer transfer =
        world.ledger.facts(SettlementRunOpened.class).getFirst().transfers().getFirst();
    LocalDate day = LocalDate.of(2026, 4, 9);
    return new TransferDebitTakenBack(
        run,
        transfer.transfer(),
        day,
        transfer.amountCents(),
        transfer.parts(),
        Optional.empty(),
        Optional.of(
            new BankEntry(
                "E-1",
                Optional.empty(),
                day,
                day,
                -transfer.amountCents(),
                Optional.empty(),
                Optional.empty())),
        Optional.of("S-1"),
        CLERK,
        Optional.empty());
  }

  // --- cheques

  @Test
  void anOppositionOfManyChequesWaitsForASecondPersonAndOneOfFewForNobody() {
    world.must(opposing("perte-1", 60, 64));
    assertThat(world.clerk()).as("as many as one may oppose alone").isEmpty();

    world.must(opposing("perte-2", 71, 76));
    assertThat(world.clerk()).containsExactly("APPROVE_OPPOSITION perte-2");
    assertThat(world.task().startedBy()).contains(CLERK);

    world.must(new ApproveOpposition(new OppositionId("perte-2"), SECOND));
    assertThat(world.clerk()).isEmpty();
  }

  private OpposeCheques opposing(String id, int first, int last) {
    return new OpposeCheques(
        new OppositionId(id),
        List.of(new OpposeCheques.Named(world.batch, first, last)),
        ChequesOpposed.Reason.LOST,
        CLERK,
        Optional.empty());
  }

  @Test
  void aHighReversalWaitsForASecondClerkAndThenForItsVenue() {
    long slip = world.presents("BR-1", 1, 5);
    world.reverses("indu-1", "BR-1", slip, 1, 3);
    assertThat(world.clerk()).containsExactly("CONFIRM_REVERSAL indu-1");
    assertThat(world.task().cents()).isEqualTo(3_000);
    assertThat(world.task().startedBy()).contains(CLERK);
    assertThat(world.venue()).as("nothing is reversed yet").isEmpty();

    world.must(new DropReversal(new ReversalId("indu-1"), CLERK));
    assertThat(world.clerk()).isEmpty();

    world.reverses("indu-2", "BR-1", slip, 1, 3);
    world.must(new ConfirmReversal(new ReversalId("indu-2"), SECOND));
    assertThat(world.clerk()).isEmpty();
    assertThat(world.venue()).containsExactly("ANSWER_REVERSAL indu-2");
  }

  @Test
  void aVenueAnswersUntilItsLastDayAndTheDayAfterNothingIsAsked() {
    LocalDate last = FundedWorld.TODAY.plusDays(30);
    world.reverses("indu-1", "BR-1", world.presents("BR-1", 1, 5), 1, 2);
    assertThat(world.clerk()).as("low enough for one person").isEmpty();

    world.on(last);
    assertThat(world.venue()).containsExactly("ANSWER_REVERSAL indu-1");
    assertThat(world.tasks(new Actor("venue-2", Role.VENUE, "13002526500013"))).isEmpty();
    world.dawn(last.plusDays(1));
    assertThat(world.venue()).as("before the day is a fact").isEmpty();
    world.on(last.plusDays(1));
    assertThat(world.venue()).isEmpty();
  }

  @Test
  void aContestWaitsForAClerkUntilItIsDecidedEitherWay() {
    world.reverses("indu-1", "BR-1", world.presents("BR-1", 1, 5), 1, 1);
    world.reverses("indu-2", "BR-2", world.presents("BR-2", 6, 9), 6, 1);
    assertThat(world.venue()).containsExactly("ANSWER_REVERSAL indu-1", "ANSWER_REVERSAL indu-2");

    contests("indu-1");
    contests("indu-2");
    assertThat(world.venue()).isEmpty();
    assertThat(world.clerk()).containsExactly("DECIDE_CONTEST indu-1", "DECIDE_CONTEST indu-2");

    decides("indu-1", DecideContest.Outcome.UPHELD);
    assertThat(world.clerk()).containsExactly("DECIDE_CONTEST indu-2");
    decides("indu-2", DecideContest.Outcome.LIFTED);
    assertThat(world.clerk()).isEmpty();
    assertThat(world.venue()).isEmpty();
  }

  private void contests(String reversal) {
    world.must(new ContestReversal(new ReversalId(reversal), VENUE, Optional.empty(), "venue-1"));
  }

  private void decides(String reversal, DecideContest.Outcome outcome) {
    world.must(new DecideContest(new ReversalId(reversal), outcome, SECOND));
  }

  // --- the bank

  @Test
  void whatTheBankBookedWaitsUntilSomebodyExplainsIt() {
    world.on(SOON);
    String gift = world.bank.books("B-1", SOON, 2_500);
    assertThat(world.clerk()).containsExactly("MATCH_BANK_ENTRY " + gift);
    assertThat(world.task().cents()).isEqualTo(2_500);
    world.must(BankParts.match(gift, AGREEMENT, STATE, 2_500));
    assertThat(world.clerk()).isEmpty();

    String in = world.bank.books("B-2", SOON, 700);
    String out = world.bank.books("B-3", SOON, -700);
    assertThat(world.clerk())
        .containsExactlyInAnyOrder(
            "REPAIR_BREACH ring-fenced-account",
            "MATCH_BANK_ENTRY " + in,
            "MATCH_BANK_ENTRY " + out);
    world.must(BankParts.offset(in, out));
    assertThat(world.clerk()).isEmpty();
  }

  @Test
  void aRefusedFileAndAStatusThatIsNotBelievedWaitUntilAClerkClosesThem() {
    world.bank.sendsWhatCannotBeRead();
    assertThat(world.task().kind()).isEqualTo(Task.Kind.LOOK_AT_BANK_FILE);
    world.must(BankParts.close(world.task().about()));
    assertThat(world.clerk()).isEmpty();

    world.bank.saysSomethingOfNoTransfer();
    assertThat(world.task().kind()).isEqualTo(Task.Kind.EXPLAIN_BANK_STATUS);
    world.must(BankParts.close(world.task().about()));
    assertThat(world.clerk()).isEmpty();
  }

  // --- calls

  @Test
  void aCallIsItsFundersUntilItIsPaidAndTheClerksFromTheDayAfterItsLast() {
    LocalDate last = FundedWorld.TODAY.plusDays(30);
    world.must(calling("C-1", last));
    assertThat(world.funder(STATE)).containsExactly("PAY_CALL C-1");
    assertThat(world.funder(REGION)).isEmpty();

    world.on(last);
    assertThat(world.clerk()).isEmpty();
    world.on(last.plusDays(1));
    assertThat(world.clerk()).containsExactly("CHASE_CALL C-1");
    assertThat(world.task().cents()).isEqualTo(10_000);

    world.must(FundedWorld.receipt("r-3", STATE, 4_000));
    assertThat(world.task().cents()).as("what is still asked for").isEqualTo(6_000);
    world.must(FundedWorld.receipt("r-4", STATE, 6_000));
    assertThat(world.clerk()).isEmpty();
    assertThat(world.funder(STATE)).isEmpty();
  }

  @Test
  void aCallThatIsCancelledIsAskedOfNobody() {
    LocalDate last = FundedWorld.TODAY.plusDays(30);
    world.must(calling("C-1", last));
    world.must(new CancelCall(new CallId("C-1"), FundsCallCancelled.Reason.NOT_NEEDED, CLERK));

    assertThat(world.funder(STATE)).isEmpty();
    world.on(last.plusDays(1));
    assertThat(world.clerk()).isEmpty();
  }

  private static CallFunds calling(String id, LocalDate dueOn) {
    return new CallFunds(new CallId(id), AGREEMENT, STATE, 10_000, dueOn, CLERK);
  }

  // --- an order's end

  @Test
  void eachFunderSignsEachStepFromItsDayAndWhatItDidNotSignLapsesWithTheOrder() {
    world.on(LocalDate.of(2026, 8, 1));
    world.must(new AnnounceExpiry(ORDER));
    world.on(LocalDate.of(2026, 8, 15));
    assertThat(world.funder(STATE)).isEmpty();

    world.on(LocalDate.of(2026, 8, 16));
    assertThat(world.funder(STATE)).containsExactly("APPROVE_EXPIRY o-1");
    signs(ExpiryStep.APPROVAL, STATE);
    assertThat(world.funder(STATE)).isEmpty();

    world.on(LocalDate.of(2026, 8, 24));
    assertThat(world.funder(STATE)).containsExactly("ACKNOWLEDGE_EXPIRY o-1");
    assertThat(world.funder(REGION))
        .containsExactly("APPROVE_EXPIRY o-1", "ACKNOWLEDGE_EXPIRY o-1");
    signs(ExpiryStep.ACKNOWLEDGEMENT, STATE);
    assertThat(world.funder(STATE)).isEmpty();

    world.on(LocalDate.of(2026, 10, 1));
    world.must(new ExpireCheques(ORDER));
    assertThat(world.funder(REGION)).as("too late to approve").isEmpty();
    assertThat(world.funder(new FunderId("creuse"))).as("no funder of the order").isEmpty();
    assertThat(world.clerk()).as("the statement is signed a week after the tolerance").isEmpty();
  }

  @Test
  void aStatementIsOfWhatHasExpiredAndWaitsForTheOperatorToo() {
    world.on(LocalDate.of(2026, 8, 1));
    world.must(new AnnounceExpiry(ORDER));
    world.on(LocalDate.of(2026, 10, 7));
    assertThat(world.clerk()).as("its expiry is no fact yet").isEmpty();
    assertThat(world.funder(new FunderId("creuse"))).as("no funder of the order").isEmpty();

    world.must(new ExpireCheques(ORDER));
    signs(ExpiryStep.STATEMENT, STATE);
    signs(ExpiryStep.STATEMENT, REGION);
    assertThat(world.clerk()).containsExactly("SIGN_STATEMENT o-1");
    world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.empty(), CLERK));
    assertThat(world.clerk())
        .containsExactly(
            "REFUND_CREDIT_NOTE o-1~anct", "REFUND_CREDIT_NOTE o-1~nouvelle-aquitaine");
  }

  @Test
  void theStatementWaitsForBothSidesAndTheirNotesForTheirRefund() {
    expire();
    assertThat(world.clerk()).containsExactly("SIGN_STATEMENT o-1");
    assertThat(world.funder(STATE)).containsExactly("SIGN_STATEMENT o-1");

    world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.empty(), CLERK));
    assertThat(world.clerk()).isEmpty();
    CreditNoteIssued note = signs(ExpiryStep.STATEMENT, STATE).getFirst();
    assertThat(world.funder(STATE)).isEmpty();
    assertThat(world.funder(REGION)).containsExactly("SIGN_STATEMENT o-1");
    assertThat(world.clerk()).containsExactly("REFUND_CREDIT_NOTE o-1~anct");
    assertThat(world.task().cents()).isEqualTo(note.amountCents());

    world.must(new RefundCreditNote(note.creditNote(), world.today()));
    assertThat(world.clerk()).isEmpty();
  }

  @Test
  void aNoteInAnOrderWaitsForItsReleaseAndAgainForItsRefundWhereverTheMoneyStaysBehind() {
    expire();
    world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.empty(), CLERK));
    CreditNoteIssued note = signs(ExpiryStep.STATEMENT, STATE).getFirst();
    String unpaid = "REFUND_CREDIT_NOTE " + note.creditNote();
    account("v-1");

    ordered("A", note.creditNote());
    assertThat(world.clerk()).containsExactly("RELEASE_REFUNDS A");
    assertThat(world.task().cents()).isEqualTo(note.amountCents());
    assertThat(world.task().startedBy()).contains(CLERK);
    world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));
    assertThat(world.clerk()).containsExactly(unpaid);

    TransferId rejected = released("B", note.creditNote());
    assertThat(world.clerk()).containsExactly("DOWNLOAD_REFUND_FILE B");
    world.given(new RefundFileDownloaded(new RefundOrderId("B"), SECOND, "B", "0".repeat(64)));
    assertThat(world.clerk()).isEmpty();
    LocalDate released = world.today();
    world.on(released.plusDays(6));
    assertThat(world.clerk()).as("after three banking days").containsExactly("CHASE_REFUNDS B");
    world.bank.rejects(rejected);
    assertThat(world.clerk()).as("the bank has rejected it").containsExactly(unpaid);

    account("v-2");
    TransferId returned = released("C", note.creditNote());
    world.bank.debits("B-1", world.today(), returned, note.amountCents());
    assertThat(world.clerk()).as("paid").isEmpty();
    world.bank.returns("B-2", world.today(), returned, note.amountCents());
    assertThat(world.clerk()).as("it came back").containsExactly(unpaid);
    assertThat(world.task().cents()).isEqualTo(note.amountCents());
    world.given(new RefundReinstated(new RefundOrderId("C"), returned, note.creditNote()));
    assertThat(world.clerk()).as("paid by what is recorded with it").isEmpty();
  }

  @Test
  void aRefundByHandThatIsTakenBackIsDueAgainOrItsTransferIsChased() {
    expire();
    world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.empty(), CLERK));
    CreditNoteIssued note = signs(ExpiryStep.STATEMENT, STATE).getFirst();
    String unpaid = "REFUND_CREDIT_NOTE " + note.creditNote();
    world.must(new RefundCreditNote(note.creditNote(), world.today()));
    world.must(takingRefundBack(note));
    assertThat(world.clerk()).as("without a transfer").containsExactly(unpaid);
    assertThat(world.task().cents()).isEqualTo(note.amountCents());

    account("v-1");
    TransferId transfer = released("A", note.creditNote());
    world.given(new RefundFileDownloaded(new RefundOrderId("A"), SECOND, "A", "0".repeat(64)));
    world.on(world.today().plusDays(1));
    world.must(new RefundCreditNote(note.creditNote(), world.today()));
    world.must(takingRefundBack(note));
    assertThat(world.clerk()).as("its transfer is in transit").isEmpty();
    world.on(world.today().plusDays(8));
    assertThat(world.clerk()).as("after three banking days").containsExactly("CHASE_REFUNDS A");

    world.bank.executes(transfer);
    assertThat(world.clerk()).as("its debit is to come").containsExactly("CHASE_REFUNDS A");
    world.must(new RefundCreditNote(note.creditNote(), world.today()));
    assertThat(world.clerk()).isEmpty();
    world.must(takingRefundBack(note));
    world.on(world.today().plusDays(8));
    assertThat(world.clerk()).as("in transit again").containsExactly("CHASE_REFUNDS A");
  }

  @Test
  void whatTheBankExecutesAfterItsRejectionIsChased() {
    expire();
    world.must(new SignExpiry(ORDER, ExpiryStep.STATEMENT, Optional.empty(), CLERK));
    CreditNoteIssued note = signs(ExpiryStep.STATEMENT, STATE).getFirst();
    account("v-1");
    TransferId transfer = released("A", note.creditNote());
    world.given(new RefundFileDownloaded(new RefundOrderId("A"), SECOND, "A", "0".repeat(64)));
    world.on(world.today().plusDays(1));
    world.bank.rejects(transfer);
    assertThat(world.clerk()).containsExactly("REFUND_CREDIT_NOTE " + note.creditNote());

    world.bank.executes(transfer);
    String doubt = "EXPLAIN_BANK_STATUS " + world.task().about();
    assertThat(world.clerk()).containsExactly(doubt);
    world.on(world.today().plusDays(8));
    assertThat(world.clerk()).containsExactlyInAnyOrder("CHASE_REFUNDS A", doubt);
    assertThat(world.tasks(new Actor(CLERK, Role.CLERK, "")))
        .extracting(Task::cents)
        .contains(note.amountCents());

    world.must(takingRefundBack(note, world.today().minusDays(8)));
    assertThat(world.clerk()).as("in transit").containsExactlyInAnyOrder("CHASE_REFUNDS A", doubt);
    world.bank.debits("B-1", world.today(), transfer, note.amountCents());
    assertThat(world.clerk()).containsExactly(doubt);
  }

  private TakeRefundBack takingRefundBack(CreditNoteIssued note) {
    return takingRefundBack(note, world.today());
  }

  private static TakeRefundBack takingRefundBack(CreditNoteIssued note, LocalDate paidOn) {
    return new TakeRefundBack(
        note.creditNote(), paidOn, Optional.empty(), RefundTakenBack.Reason.NEVER_DEBITED, CLERK);
  }

  private void expire() {
    world.on(LocalDate.of(2026, 10, 6));
    world.must(new ExpireCheques(ORDER));
    assertThat(world.clerk()).isEmpty();
    world.on(LocalDate.of(2026, 10, 7));
  }

  private List<CreditNoteIssued> signs(ExpiryStep step, FunderId funder) {
    return world
        .must(new SignExpiry(ORDER, step, Optional.of(funder), "someone@" + funder))
        .creditNotes();
  }

  private void account(String reference) {
    world.must(proposing(Payee.of(STATE), reference));
    world.must(confirming(Payee.of(STATE), reference));
  }

  private TransferId ordered(String order, CreditNoteId note) {
    return world
        .must(new OrderRefunds(new RefundOrderId(order), List.of(note), CLERK))
        .transfers()
        .getFirst()
        .transfer();
  }

  private TransferId released(String order, CreditNoteId note) {
    TransferId transfer = ordered(order, note);
    world.must(new ReleaseRefunds(new RefundOrderId(order), SECOND));
    return transfer;
  }

  // --- who reads it

  @Test
  void anAuditorSeesWhatClerksSeeAndAPrescriberNothing() {
    world.must(opposing("perte-1", 71, 76));

    assertThat(world.tasks(new Actor("auditor-1", Role.AUDITOR, ""))).containsExactly(world.task());
    assertThat(world.tasks(new Actor("ccas-1", Role.PRESCRIBER, FundedWorld.CCAS.value())))
        .isEmpty();
  }
}
