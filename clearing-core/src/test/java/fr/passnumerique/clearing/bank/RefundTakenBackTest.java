package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankFileImported.Effect;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.expiry.RefundTakenBack.Reason;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.giveback.CancelGiveBack;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.refund.DownloadRefundFile;
import fr.passnumerique.clearing.refund.OrderRefunds;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RejectRefund;
import fr.passnumerique.clearing.refund.ReleaseRefunds;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A credit note of 30 € that a clerk recorded as refunded, and takes back. */
class RefundTakenBackTest {
  private static final String CLERK = "clerk-1";
  private static final LocalDate DAY = BankWorld.TODAY;
  private static final RefundOrderId ORDER = new RefundOrderId("A");
  private static final CreditNoteId NOTE = new CreditNoteId("o-1~anct");
  private static final RefundCreditNote REFUND = new RefundCreditNote(NOTE, DAY);
  private static final TakeRefundBack TAKE_BACK = takingBack(NOTE, Reason.REJECTED);

  private final BankWorld world = BankWorld.usual();

  RefundTakenBackTest() {
    world.ledger.given(
        new CreditNoteIssued(
            NOTE,
            new OrderId("o-1"),
            STATE,
            3_000,
            DAY.minusDays(1),
            List.of(
                new FundedCents(PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 3_000, Optional.empty())),
            List.of(),
            Optional.empty()));
    account("v-1");
  }

  private void account(String reference) {
    world.must(
        new ProposePayeeAccount(
            Payee.of(STATE), new VaultReference(reference), "f-" + reference, CLERK));
    world.must(new ConfirmPayeeAccount(Payee.of(STATE), new VaultReference(reference), "clerk-2"));
  }

  private static TakeRefundBack takingBack(CreditNoteId note, Reason reason) {
    return takingBack(note, DAY, reason);
  }

  private static TakeRefundBack takingBack(CreditNoteId note, LocalDate paidOn, Reason reason) {
    return new TakeRefundBack(note, paidOn, Optional.empty(), reason, CLERK);
  }

  private static TakeRefundBack takingBack(TransferId transfer) {
    return new TakeRefundBack(NOTE, DAY, Optional.of(transfer), Reason.REJECTED, CLERK);
  }

  private static OrderRefunds ordering(RefundOrderId order, CreditNoteId note) {
    return new OrderRefunds(order, List.of(note), CLERK);
  }

  private TransferId sent(RefundOrderId order, CreditNoteId note) {
    RefundsOrdered ordered = world.must(ordering(order, note));
    world.must(new ReleaseRefunds(order, "clerk-2"));
    world.must(new DownloadRefundFile(order, CLERK, "RB" + order, "sha", List.of()));
    return ordered.transfers().getFirst().transfer();
  }

  private TransferId sent() {
    return sent(ORDER, NOTE);
  }

  private static RejectRefund rejecting(TransferId transfer) {
    return new RejectRefund(ORDER, transfer, DAY, "AC04");
  }

  private BankFileImported.Status told(TransferId transfer, String status, String reason) {
    return told(DAY, transfer, status, reason);
  }

  private BankFileImported.Status told(
      LocalDate on, TransferId transfer, String status, String reason) {
    return world.importing(status(on, transfer, status, reason)).transfers().getFirst();
  }

  private byte[] status(LocalDate on, TransferId transfer, String status, String reason) {
    return BankWorld.utf8(
        TransfersTest.status(
            on,
            new OurTransfers(world.words).find(transfer.value()).orElseThrow().message(),
            "",
            TransfersTest.single(transfer.value(), status, reason)));
  }

  private static Camt debit(String booking, String endToEnd, String text) {
    return Camt.notification("N-" + booking).entry(booking, DAY.toString(), -3_000, endToEnd, text);
  }

  private void refused(Command<?> command, String... says) {
    var outcome = world.ledger.send(command);
    assertThat(outcome).isInstanceOf(fr.passnumerique.clearing.ledger.Outcome.Refused.class);
    assertThat(outcome.toString()).contains(says);
  }

  /** Since no cheque of the note was given back here, what is due stands below zero once paid. */
  private void isRefunded(boolean it) {
    assertThat(world.balance(AccountKind.DUE_BACK)).isEqualTo(it ? 3_000 : 0);
    assertThat(world.balance(AccountKind.BANK)).isEqualTo(it ? -3_000 : 0);
  }

  @Test
  void withoutATransferItIsDueBackAgainAndSaidOnce() {
    world.must(REFUND);
    isRefunded(true);

    TakeRefundBack.TakenBack back = world.must(TAKE_BACK);

    assertThat(back.paidOn()).isEqualTo(DAY);
    assertThat(back.transfer()).isEmpty();
    isRefunded(false);
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(
        takingBack(NOTE, Reason.OTHER),
        "REFUND_ALREADY_TAKEN_BACK",
        "for another reason, REJECTED");
  }

  @Test
  void withoutATransferItIsRefundedAnewOnce() {
    world.must(REFUND);
    refused(ordering(ORDER, NOTE), "CREDIT_NOTE_ALREADY_REFUNDED");
    world.must(TAKE_BACK);

    TransferId transfer = sent();
    world.importing(debit("B-1", transfer.value(), "").bytes());

    isRefunded(true);
    assertThat(world.register.unmatched()).isEmpty();
    refused(ordering(new RefundOrderId("B"), NOTE), "CREDIT_NOTE_ALREADY_REFUNDED");
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
  }

  @Test
  void whatTheBankRejectsAfterItIsRefundedOnceByAnotherOrder() {
    TransferId transfer = sent();
    world.must(REFUND);
    assertThat(told(transfer, "RJCT", TransfersTest.reason("AC04")).effect())
        .isEqualTo(Effect.DISPUTED);
    refused(
        rejecting(transfer),
        "TRANSFER_ALREADY_CONFIRMED",
        "a clerk recorded that refund",
        "takeRefundBack");

    world.must(TAKE_BACK);
    isRefunded(false);
    RefundOrderId again = new RefundOrderId("B");
    refused(ordering(again, NOTE), "REFUND_UNDER_WAY");
    world.must(rejecting(transfer));

    account("v-2");
    TransferId second = sent(again, NOTE);
    world.importing(debit("B-1", second.value(), "").bytes());
    isRefunded(true);
    refused(ordering(new RefundOrderId("C"), NOTE), "CREDIT_NOTE_ALREADY_REFUNDED");
  }

  @Test
  void whatTheBankSaysAgainAfterItIsBelieved() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.must(TAKE_BACK);

    assertThat(told(transfer, "RJCT", TransfersTest.reason("AC04")).effect())
        .isEqualTo(Effect.REJECTED);
  }

  @Test
  void whatTheBankHadExecutedOnAnotherDayStaysExecutedUntilThatIsTakenBackAsWell() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    LocalDate next = next();
    world.must(new RefundCreditNote(NOTE, next));

    world.must(takingBack(NOTE, next, Reason.REJECTED));

    assertThat(world.ledger.facts(RefundTakenBack.class).getFirst().executedOn())
        .contains(world.ledger.facts(RefundExecuted.class).getFirst().executedOn());
    assertThat(world.ledger.facts(RefundTakenBack.class).getFirst().order()).contains(ORDER);
    isRefunded(false);
    refused(rejecting(transfer), "TRANSFER_ALREADY_CONFIRMED", "by the bank's word");
    refused(ordering(new RefundOrderId("B"), NOTE), "REFUND_UNDER_WAY");

    world.must(TAKE_BACK);
    world.must(rejecting(transfer));
  }

  private LocalDate next() {
    LocalDate next = DAY.plusDays(1);
    world.ledger.on(next).given(new DayOpened(next));
    return next;
  }

  /** Who names the day takes back whatever counts of it: sent again, it has nothing left to say. */
  @Test
  void whatBothAClerkAndTheBankSaidOfOneDayIsTakenBackAtOnce() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    world.must(REFUND);

    TakeRefundBack.TakenBack back = world.must(TAKE_BACK);

    assertThat(back.transfer()).contains(transfer);
    assertThat(world.ledger.facts(RefundTakenBack.class)).hasSize(1);
    assertThat(world.ledger.facts(RefundExecutionTakenBack.class)).hasSize(1);
    isRefunded(false);
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    world.must(rejecting(transfer));
  }

  @Test
  void whatTheBankSaysItExecutedAndRejectsAfterAllIsRefundedOnceThatIsTakenBack() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    String rejects = TransfersTest.reason("AC04");
    assertThat(told(transfer, "RJCT", rejects).effect()).isEqualTo(Effect.DISPUTED);
    refused(rejecting(transfer), "TRANSFER_ALREADY_CONFIRMED", "takeRefundBack");

    TakeRefundBack.TakenBack back = world.must(TAKE_BACK);

    assertThat(back.paidOn()).isEqualTo(DAY);
    assertThat(back.transfer()).contains(transfer);
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(REFUND, "REFUND_TAKEN_BACK");
    refused(takingBack(NOTE, Reason.OTHER), "REFUND_ALREADY_TAKEN_BACK");
    RefundOrderId again = new RefundOrderId("B");
    refused(ordering(again, NOTE), "REFUND_UNDER_WAY");

    assertThat(told(transfer, "RJCT", rejects).effect()).isEqualTo(Effect.REJECTED);
    account("v-2");
    TransferId second = sent(again, NOTE);
    world.importing(debit("B-1", second.value(), "").bytes());
    isRefunded(true);
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(ordering(new RefundOrderId("C"), NOTE), "CREDIT_NOTE_ALREADY_REFUNDED");
  }

  @Test
  void whatTheBankExecutesOnceMoreIsADoubtThatHoldsTheNoteBack() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    world.must(TAKE_BACK);

    assertThat(told(next(), transfer, "ACSC", "").effect()).isEqualTo(Effect.DISPUTED);

    assertThat(world.register.doubtful()).containsExactly(transfer);
    world.must(rejecting(transfer));
    account("v-2");
    refused(ordering(new RefundOrderId("B"), NOTE), "MAY_BE_PAID_ALREADY");
  }

  /** Reinstated, it would stand on a day that cannot be taken back once more. */
  @Test
  void whatTheBankExecutesOnceMoreAfterItsRejectionIsADoubtThatDoesNotHoldTheNote() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    world.must(TAKE_BACK);
    world.must(rejecting(transfer));

    assertThat(told(transfer, "ACSC", "").effect()).isEqualTo(Effect.DISPUTED);

    assertThat(world.ledger.facts(RefundExecuted.class)).hasSize(1);
    assertThat(world.register.doubtful()).containsExactly(transfer);
    account("v-2");
    refused(ordering(new RefundOrderId("B"), NOTE), "MAY_BE_PAID_ALREADY");
    world.importing(debit("B-1", transfer.value(), "").bytes());
    isRefunded(true);
  }

  @Test
  void aSecondTransferExecutedOnTheSameDayIsTakenBackByItsName() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    world.must(TAKE_BACK);
    world.must(rejecting(transfer));
    account("v-2");
    RefundOrderId order = new RefundOrderId("B");
    TransferId second = sent(order, NOTE);
    told(second, "ACSC", "");

    refused(TAKE_BACK, "TRANSFER_NOT_NAMED", "by transfer " + transfer, "by transfer " + second);
    world.ledger.when(takingBack(transfer)).thenAlreadyRecorded();
    assertThat(world.must(takingBack(second)).transfer()).contains(second);

    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    world.ledger.when(takingBack(transfer)).thenAlreadyRecorded();
    world.ledger.when(takingBack(second)).thenAlreadyRecorded();
    assertThat(world.ledger.facts(RefundExecutionTakenBack.class)).hasSize(2);
    world.must(new RejectRefund(order, second, DAY, "AC04"));
  }

  @Test
  void aTransferExecutedOnTheDayOfARefundWithoutOneIsTakenBackByItsName() {
    world.must(REFUND);
    world.must(TAKE_BACK);
    TransferId transfer = sent();
    told(transfer, "ACSC", "");

    refused(TAKE_BACK, "TRANSFER_NOT_NAMED", "without a transfer", "by transfer " + transfer);
    assertThat(world.must(takingBack(transfer)).transfer()).contains(transfer);

    world.must(rejecting(transfer));
  }

  @Test
  void anotherTransfersIsAnotherWord() {
    told(sent(), "ACSC", "");
    refused(takingBack(new TransferId("AV-9")), "NOT_CONFIRMED", "by transfer AV-9, but on");
  }

  /** Believed, it would stand on a day that cannot be taken back once more. */
  @Test
  void whatTheBankExecutesOnADayThatAClerkTookBackIsADoubt() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.must(TAKE_BACK);

    assertThat(told(transfer, "ACSC", "").effect()).isEqualTo(Effect.DISPUTED);

    assertThat(world.register.doubtful()).containsExactly(transfer);
    world.must(rejecting(transfer));
  }

  @Test
  void whoTakesAnExecutionBackAndSendsThatAgainLateLeavesTheClerksWord() {
    told(sent(), "ACSC", "");
    world.must(TAKE_BACK);
    world.must(new RefundCreditNote(NOTE, next()));

    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();

    isRefunded(true);
  }

  @Test
  void whatWasExecutedAfterAllIsRefundedByItsDebit() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    world.must(TAKE_BACK);

    world.importing(debit("B-1", transfer.value(), "").bytes());

    isRefunded(true);
    assertThat(world.register.unmatched()).isEmpty();
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(rejecting(transfer), "TRANSFER_ALREADY_CONFIRMED");
  }

  @Test
  void theBankDebitsItAtTheMomentThatItsExecutionIsTakenBack() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    BankFile file =
        new BankFileReader(BankWorld.IBAN).read(debit("B-1", transfer.value(), "").bytes());
    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), TAKE_BACK);
    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(RefundExecutionTakenBack.class)).isEmpty();
    isRefunded(true);
  }

  @Test
  void twoTakeAnExecutionBackAtTheSameMoment() {
    told(sent(), "ACSC", "");
    assertThat(world.ledger.race(TAKE_BACK, takingBack(NOTE, Reason.OTHER)).decidedAgain())
        .isTrue();
    assertThat(world.ledger.facts(RefundExecutionTakenBack.class)).hasSize(1);
  }

  @Test
  void whoRecordedItAndSendsThatAgainLateRecordsItNotAnew() {
    world.must(REFUND);
    world.must(TAKE_BACK);
    refused(REFUND, "REFUND_TAKEN_BACK");
    isRefunded(false);
    world.must(new RefundCreditNote(NOTE, DAY.minusDays(1)));
    isRefunded(true);
  }

  @Test
  void whoTakesItBackAndSendsThatAgainLateLeavesTheNextRefund() {
    world.must(REFUND);
    world.must(TAKE_BACK);
    world.must(new RefundCreditNote(NOTE, DAY.minusDays(1)));

    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(takingBack(NOTE, Reason.OTHER), "REFUND_ALREADY_TAKEN_BACK");

    isRefunded(true);
  }

  @Test
  void anotherDaysIsAnotherWord() {
    world.must(REFUND);
    refused(
        takingBack(NOTE, DAY.minusDays(1), Reason.REJECTED),
        "NOT_CONFIRMED",
        "does not count as refunded on 2026-04-01, but on 2026-04-02");
    isRefunded(true);
  }

  @Test
  void itIsTakenBackASecondTime() {
    world.must(REFUND);
    world.must(TAKE_BACK);
    world.must(new RefundCreditNote(NOTE, DAY.minusDays(1)));
    world.must(takingBack(NOTE, DAY.minusDays(1), Reason.WRONG_NOTE));
    isRefunded(false);
    assertThat(world.ledger.facts(RefundTakenBack.class)).hasSize(2);
  }

  @Test
  void theTransferThatHoldsTheNoteIsWhatAnotherDayByHandIsOf() {
    TransferId transfer = sent();
    LocalDate next = next();
    world.must(REFUND);
    world.must(TAKE_BACK);

    assertThat(world.must(new RefundCreditNote(NOTE, next)).transfer()).contains(transfer);

    assertThat(world.must(takingBack(NOTE, next, Reason.REJECTED)).transfer()).contains(transfer);
    isRefunded(false);
  }

  @Test
  void whatTheBankDebitsAfterAllIsPaidOnce() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.must(TAKE_BACK);

    world.importing(debit("B-1", transfer.value(), "").bytes());

    isRefunded(true);
    assertThat(world.ledger.facts(CreditNoteRefunded.class).getLast().entry()).isPresent();
    assertThat(world.register.unmatched()).isEmpty();
    world.ledger.when(TAKE_BACK).thenAlreadyRecorded();
    refused(rejecting(transfer), "TRANSFER_ALREADY_CONFIRMED", "by the bank's word");
  }

  @Test
  void whatTheBankDebitsWithoutATransferAfterAllIsForAClerk() {
    world.must(REFUND);
    world.must(TAKE_BACK);
    Camt debit = debit("B-1", "", "avoir o-1~anct");
    assertThat(world.importing(debit.bytes()).entries().getFirst().outcome())
        .isEqualTo(Outcome.UNMATCHED);

    world.must(new RefundCreditNote(NOTE, DAY.minusDays(1)));
    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(NOTE.value()),
            CLERK));

    isRefunded(true);
    assertThat(world.register.unmatched()).isEmpty();
    refused(takingBack(NOTE, Reason.WRONG_NOTE), "REFUND_ALREADY_TAKEN_BACK");
    refused(takingBack(NOTE, DAY.minusDays(1), Reason.WRONG_NOTE), "REFUND_SHOWN");
  }

  @Test
  void whatTheBankHasShownIsTheBanksToCorrect() {
    world.must(REFUND);
    world.importing(debit("B-1", "", "avoir o-1~anct").bytes());
    refused(TAKE_BACK, "REFUND_SHOWN", "closeBankException");
    isRefunded(true);
  }

  @Test
  void theDebitOfATransferThatTheBankHasShownIsTheBanksToCorrect() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.importing(debit("B-1", transfer.value(), "").bytes());
    refused(TAKE_BACK, "REFUND_SHOWN", "closeBankException");
    isRefunded(true);
  }

  @Test
  void theBankShowsItAtTheMomentThatItIsTakenBack() {
    world.must(REFUND);
    BankFile file =
        new BankFileReader(BankWorld.IBAN).read(debit("B-1", "", "avoir o-1~anct").bytes());
    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), TAKE_BACK);
    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(RefundTakenBack.class)).isEmpty();
    isRefunded(true);
  }

  @Test
  void itIsTakenBackAtTheMomentThatTheBankShowsIt() {
    world.must(REFUND);
    BankFile file =
        new BankFileReader(BankWorld.IBAN).read(debit("B-1", "", "avoir o-1~anct").bytes());
    var race = world.ledger.race(TAKE_BACK, new ImportBankFile(file, Map.of(), Map.of()));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.register.unmatched()).hasSize(1);
  }

  @Test
  void twoTakeItBackAtTheSameMoment() {
    world.must(REFUND);
    assertThat(world.ledger.race(TAKE_BACK, takingBack(NOTE, Reason.OTHER)).decidedAgain())
        .isTrue();
    assertThat(world.ledger.facts(RefundTakenBack.class)).hasSize(1);
    isRefunded(false);
  }

  @Test
  void nothingIsTakenBackThatNoClerkRecorded() {
    refused(TAKE_BACK, "REFUND_NOT_RECORDED");
    refused(takingBack(new CreditNoteId("o-9~anct"), Reason.OTHER), "REFUND_NOT_RECORDED");
    sent();
    refused(TAKE_BACK, "REFUND_NOT_RECORDED");
  }

  @Test
  void whatTheBankSaidItExecutedAndHasShownIsTheBanksToCorrect() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    world.importing(debit("B-1", transfer.value(), "").bytes());
    refused(TAKE_BACK, "REFUND_SHOWN", "closeBankException");

    world.importing(comesBack("B-2", transfer).bytes());
    refused(TAKE_BACK, "REFUND_SHOWN", "has come back", "orderRefunds");
    refused(takingBack(NOTE, DAY.minusDays(1), Reason.REJECTED), "REFUND_NOT_RECORDED");
  }

  @Test
  void whatHasComeBackIsNotTakenBackAsWell() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.importing(comesBack("B-9", transfer).bytes());
    isRefunded(false);
    refused(TAKE_BACK, "REFUND_SHOWN", "has come back");
    isRefunded(false);
  }

  private static Camt comesBack(String booking, TransferId transfer) {
    return Camt.notification("N-" + booking)
        .returned(booking, DAY.toString(), 3_000, transfer.value(), "AC04");
  }

  private MatchBankEntry matching(TransferId transfer) {
    return new MatchBankEntry(
        world.register.unmatched().iterator().next().fact().entry().id(),
        List.of(),
        Optional.empty(),
        Optional.of(transfer),
        CLERK);
  }

  /** What comes back is the money of the clerk's word; its debit, told at last, proves that. */
  @Test
  void theFirstDebitThatTheBankShowsOfWhatHasComeBackProvesTheClerksWord() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.importing(comesBack("B-1", transfer).bytes());
    isRefunded(false);

    BankFileImported told = world.importing(debit("B-2", transfer.value(), "").bytes());

    assertThat(told.entries().getFirst().outcome()).isEqualTo(Outcome.PROVED);
    assertThat(world.ledger.facts(BankEntryProved.class).getFirst().recordedFor()).isEqualTo(DAY);
    isRefunded(false);
    assertThat(world.register.unmatched()).isEmpty();
    // Another is one too many, and pays it if a clerk says so.
    world.importing(debit("B-3", transfer.value(), "").bytes());
    world.must(matching(transfer));
    isRefunded(true);
  }

  @Test
  void ofTwoDebitsInOneFileTheFirstProvesIt() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.importing(comesBack("B-1", transfer).bytes());

    BankFileImported told =
        world.importing(
            debit("B-2", transfer.value(), "")
                .entry("B-3", DAY.toString(), -3_000, transfer.value(), "")
                .bytes());

    assertThat(told.entries())
        .extracting(BankFileImported.Entry::outcome)
        .containsExactly(Outcome.PROVED, Outcome.UNMATCHED);
  }

  @Test
  void aClerkMayNameItForADebitWhoseReferenceTheBankLost() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.importing(comesBack("B-1", transfer).bytes());
    world.importing(debit("B-2", "", "sans motif").bytes());

    world.must(matching(transfer));

    isRefunded(false);
    assertThat(world.ledger.facts(BankEntryProved.class)).hasSize(1);
    assertThat(world.register.unmatched()).isEmpty();
  }

  @Test
  void whatIsRefundedAnewAfterItsReturnIsNotPaidByTheFirstDebit() {
    TransferId transfer = sent();
    world.must(REFUND);
    world.importing(comesBack("B-1", transfer).bytes());
    account("v-2");
    TransferId second = sent(new RefundOrderId("B"), NOTE);

    world.importing(debit("B-2", transfer.value(), "").bytes());
    isRefunded(false);
    world.importing(debit("B-3", second.value(), "").bytes());

    isRefunded(true);
    assertThat(world.register.unmatched()).isEmpty();
  }

  @Test
  void theBankShowsTheDebitAtTheMomentThatItComesBack() {
    TransferId transfer = sent();
    world.must(REFUND);
    BankFileReader reader = new BankFileReader(BankWorld.IBAN);
    BankFile back = reader.read(comesBack("B-1", transfer).bytes());
    BankFile debit = reader.read(debit("B-2", transfer.value(), "").bytes());
    var race =
        world.ledger.race(
            new ImportBankFile(back, Map.of(), Map.of()),
            new ImportBankFile(debit, Map.of(), Map.of()));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.register.unmatched()).isEmpty();
    isRefunded(false);
  }

  @Test
  void theBankRejectsItAtTheMomentThatItsExecutionIsTakenBack() {
    TransferId transfer = sent();
    told(transfer, "ACSC", "");
    BankFile rejection =
        new BankFileReader(BankWorld.IBAN)
            .read(status(DAY, transfer, "RJCT", TransfersTest.reason("AC04")));
    var race = world.ledger.race(TAKE_BACK, new ImportBankFile(rejection, Map.of(), Map.of()));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(RefundRejected.class)).hasSize(1);
  }

  @Test
  void aClerkRecordsItAtTheMomentThatItsExecutionIsTakenBack() {
    told(sent(), "ACSC", "");
    LocalDate next = next();
    var race = world.ledger.race(new RefundCreditNote(NOTE, next), TAKE_BACK);
    assertThat(race.decidedAgain()).isTrue();
    isRefunded(true);
  }

  @Test
  void theStatementProvesTheAccountOnceItIsTakenBack() {
    world.must(new RefundCreditNote(NOTE, DAY.minusDays(1)));
    String on = DAY.minusDays(1).toString();
    world.importing(Camt.statement("S-1", on, on, 0).bytes());
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(false);

    world.must(takingBack(NOTE, DAY.minusDays(1), Reason.REJECTED));

    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
  }

  private GiveBackCredit aGiveBack() {
    world.importing(Camt.notification("N0").entry("B-0", "2026-04-01", 10_000, "", "?").bytes());
    String paid = world.ledger.facts(BankEntryUnmatched.class).getLast().entry().id();
    world.must(BankParts.match(paid, AGREEMENT, STATE, 10_000));
    GiveBackCredit giving =
        new GiveBackCredit(new GiveBackId("G-1"), AGREEMENT, STATE, 2_500, CLERK);
    world.must(giving);
    return giving;
  }

  @Test
  void aGiveBackWhoseRefundIsTakenBackCanBeCancelled() {
    GiveBackCredit giving = aGiveBack();
    CreditNoteId note = new CreditNoteId("G-1~~anct");
    world.must(new RefundCreditNote(note, DAY));
    assertThat(world.balance(AccountKind.BANK)).isEqualTo(7_500);
    CancelGiveBack cancel = new CancelGiveBack(giving.giveBack(), CLERK);
    refused(cancel, "GIVE_BACK_REFUNDED");

    world.must(takingBack(note, Reason.WRONG_NOTE));

    assertThat(world.balance(AccountKind.BANK)).isEqualTo(10_000);
    assertThat(world.balance(AccountKind.TO_GIVE_BACK)).isEqualTo(-2_500);
    assertThat(world.register.paidIn().promised(AGREEMENT, STATE)).hasSize(1);
    world.must(cancel);
    assertThat(world.balance(AccountKind.TO_GIVE_BACK)).isZero();
  }

  @Test
  void aGiveBackWhoseTransferIsUnderWayAgainIsNotCancelled() {
    GiveBackCredit giving = aGiveBack();
    CreditNoteId note = new CreditNoteId("G-1~~anct");
    sent(ORDER, note);
    world.must(new RefundCreditNote(note, DAY));
    world.must(takingBack(note, Reason.REJECTED));
    refused(new CancelGiveBack(giving.giveBack(), CLERK), "REFUND_UNDER_WAY");
    assertThat(world.register.paidIn().underWay(note)).isEqualTo(ORDER);
    refused(new RefundCreditNote(note, DAY), "REFUND_TAKEN_BACK");
  }
}
