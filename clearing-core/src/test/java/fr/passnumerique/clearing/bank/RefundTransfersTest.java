package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankFileImported.Effect;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.RefusalCode;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.refund.CancelRefunds;
import fr.passnumerique.clearing.refund.DownloadRefundFile;
import fr.passnumerique.clearing.refund.OrderRefunds;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.refund.RejectRefund;
import fr.passnumerique.clearing.refund.ReleaseRefunds;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Credit notes are refunded by transfers, as the bank tells it, and never twice. */
class RefundTransfersTest {
  private static final String CLERK = "clerk-1";
  private static final String SECOND = "clerk-2";
  private static final LocalDate DAY = BankWorld.TODAY;
  private static final CreditNoteId NOTE = new CreditNoteId("o-1~anct");
  private static final CreditNoteId OTHER = new CreditNoteId("o-1~nouvelle-aquitaine");

  private static final CreditNoteId OTHER_OF_STATE = new CreditNoteId("o-2~anct");

  private final BankWorld world = BankWorld.usual();

  RefundTransfersTest() {
    world.ledger.given(
        issued(NOTE, STATE, 3_000),
        issued(OTHER, REGION, 2_000),
        issued(OTHER_OF_STATE, STATE, 1_000));
    account(STATE, "v-1");
  }

  private static CreditNoteIssued issued(CreditNoteId id, FunderId funder, long cents) {
    return new CreditNoteIssued(
        id,
        new OrderId("o-1"),
        funder,
        cents,
        DAY,
        List.of(new FundedCents(PROGRAMME, AGREEMENT, 1, CREUSE, funder, cents, Optional.empty())),
        List.of(),
        Optional.empty());
  }

  private void account(FunderId funder, String reference) {
    world.must(
        new ProposePayeeAccount(
            Payee.of(funder), new VaultReference(reference), "f-" + reference, CLERK));
    world.must(new ConfirmPayeeAccount(Payee.of(funder), new VaultReference(reference), SECOND));
  }

  private static OrderRefunds ordering(String order, CreditNoteId... notes) {
    return new OrderRefunds(new RefundOrderId(order), List.of(notes), CLERK);
  }

  /** Ordered, released and handed out. */
  private TransferId sent(String order) {
    RefundsOrdered ordered = world.must(ordering(order, NOTE));
    releasing(order);
    return ordered.transfers().getFirst().transfer();
  }

  /** And handed out. */
  private void releasing(String order) {
    world.must(new ReleaseRefunds(new RefundOrderId(order), SECOND));
    world.must(download(order));
  }

  private static DownloadRefundFile download(String order, TransferId... leftOut) {
    return new DownloadRefundFile(
        new RefundOrderId(order), CLERK, "RB" + order, "sha", List.of(leftOut));
  }

  private BankFileImported.Entry importing(Camt camt) {
    return world.importing(camt.bytes()).entries().getFirst();
  }

  private static Camt debit(String booking, TransferId transfer) {
    return Camt.notification("N").entry(booking, "2026-04-02", -3_000, transfer.value(), "");
  }

  private static Camt comesBack(TransferId transfer) {
    return Camt.notification("N").returned("B-9", "2026-04-02", 3_000, transfer.value(), "AC04");
  }

  private BankFileImported.Status told(TransferId transfer, String status) {
    String xml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
        <GrpHdr><MsgId>ST-1</MsgId><CreDtTm>2026-04-02T07:00:00+02:00</CreDtTm></GrpHdr>
        <OrgnlGrpInfAndSts><OrgnlMsgId>%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
        </OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>X</OrgnlPmtInfId><TxInfAndSts>
        <OrgnlEndToEndId>%s</OrgnlEndToEndId><TxSts>%s</TxSts>%s</TxInfAndSts></OrgnlPmtInfAndSts>
        </CstmrPmtStsRpt></Document>
        """
            .formatted(
                message(transfer),
                transfer,
                status,
                status.equals("RJCT") ? "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf>" : "");
    return world.importing(BankWorld.utf8(xml)).transfers().getFirst();
  }

  private String message(TransferId transfer) {
    return new OurTransfers(world.words).find(transfer.value()).orElseThrow().message();
  }

  private void stands(long dueBack, long bank) {
    assertThat(world.balance(AccountKind.DUE_BACK)).isEqualTo(-dueBack);
    assertThat(world.balance(AccountKind.BANK)).isEqualTo(bank);
  }

  private static String code(RefusalCode code) {
    return ((Enum<?>) code).name();
  }

  private String refusal(fr.passnumerique.clearing.ledger.Command<?> command) {
    return world.ledger.send(command)
            instanceof fr.passnumerique.clearing.ledger.Outcome.Refused<?> refused
        ? code(refused.refusal().code())
        : "ACCEPTED";
  }

  private String remedy(fr.passnumerique.clearing.ledger.Command<?> command) {
    return ((fr.passnumerique.clearing.ledger.Outcome.Refused<?>) world.ledger.send(command))
        .refusal()
        .remedy();
  }

  @Test
  void twoPersonsSayWhereTheMoneyGoesAndTwoThatItGoes() {
    world.must(new ProposePayeeAccount(Payee.of(REGION), new VaultReference("v-2"), "f-2", CLERK));
    assertThat(refusal(ordering("A", OTHER))).isEqualTo("FUNDER_ACCOUNT_MISSING");
    world.must(new ConfirmPayeeAccount(Payee.of(REGION), new VaultReference("v-2"), SECOND));

    world.must(ordering("A", OTHER));
    assertThat(refusal(new ReleaseRefunds(new RefundOrderId("A"), CLERK)))
        .isEqualTo("SECOND_PERSON_REQUIRED");
    world
        .ledger
        .when(new ReleaseRefunds(new RefundOrderId("A"), SECOND))
        .thenNeedsAnotherPersonThan(CLERK);
    releasing("A");
    world.ledger.when(new ReleaseRefunds(new RefundOrderId("A"), CLERK)).thenAlreadyRecorded();
  }

  @Test
  void aNoteIsPaidWhenTheBankBooksItsTransferAndNotBefore() {
    TransferId transfer = sent("A");
    stands(0, 0);
    assertThat(told(transfer, "ACSC").effect()).isEqualTo(Effect.EXECUTED);
    assertThat(world.ledger.facts(CreditNoteRefunded.class)).isEmpty();

    assertThat(importing(debit("B-1", transfer)).outcome()).isEqualTo(Outcome.PAID);

    CreditNoteRefunded refunded = world.ledger.facts(CreditNoteRefunded.class).getFirst();
    assertThat(refunded.creditNote()).isEqualTo(NOTE);
    assertThat(refunded.transfer()).contains(transfer);
    stands(-3_000, -3_000);
    assertThat(importing(debit("B-1", transfer)).outcome()).isEqualTo(Outcome.KNOWN);
    assertThat(importing(debit("B-2", transfer)).why()).contains(Why.PAID_TWICE);
    assertThat(refusal(ordering("B", NOTE))).isEqualTo("CREDIT_NOTE_ALREADY_REFUNDED");
  }

  @Test
  void aDebitThatOnlyNamesTheNoteIsNoProofOfItsTransferThatAClerkRecorded() {
    TransferId transfer = sent("A");
    world.must(new RefundCreditNote(NOTE, DAY));
    Camt named = Camt.notification("N").entry("B-1", "2026-04-02", -3_000, "", "avoir o-1~anct");

    assertThat(importing(named).outcome()).isEqualTo(Outcome.UNMATCHED);
    assertThat(importing(debit("B-2", transfer)).outcome()).isEqualTo(Outcome.PROVED);
  }

  @Test
  void anotherAmountIsForAClerk() {
    TransferId transfer = sent("A");
    assertThat(
            importing(
                    Camt.notification("N").entry("B-1", "2026-04-02", -2_999, transfer.value(), ""))
                .why())
        .contains(Why.AMOUNT_DIFFERS);
    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("DEBIT_UNEXPLAINED");
    assertThat(world.ledger.facts(CreditNoteRefunded.class)).isEmpty();
  }

  @Test
  void whatNobodyHasReleasedTheBankCannotHavePaid() {
    RefundsOrdered ordered = world.must(ordering("A", NOTE));
    assertThat(importing(debit("B-1", ordered.transfers().getFirst().transfer())).why())
        .contains(Why.TRANSFER_NOT_SENT);
  }

  @Test
  void aNoteIsInOneOrderAtMostWhoseEndIsNotKnown() {
    var race = world.ledger.race(ordering("A", NOTE), ordering("B", NOTE));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(RefundsOrdered.class)).hasSize(1);
    assertThat(refusal(ordering("C", NOTE))).isEqualTo("REFUND_UNDER_WAY");
    assertThat(refusal(ordering("D", NOTE, NOTE))).isIn("REFUND_UNDER_WAY", "LISTED_TWICE");
    assertThat(refusal(ordering("D"))).isEqualTo("NOTES_MISSING");
    assertThat(refusal(ordering("D", new CreditNoteId("o-9~anct"))))
        .isEqualTo("UNKNOWN_CREDIT_NOTE");
    world.ledger.when(ordering("A", NOTE)).thenAlreadyRecorded();
    assertThat(refusal(ordering("A", OTHER))).isEqualTo("REFUND_ORDER_ALREADY_MADE");
  }

  @Test
  void rejectedItIsDueAgainAndItsAccountClosed() {
    TransferId first = sent("A");
    assertThat(told(first, "RJCT").effect()).isEqualTo(Effect.REJECTED);
    assertThat(world.ledger.facts(RefundRejected.class)).hasSize(1);
    stands(0, 0);
    assertThat(refusal(ordering("B", NOTE))).isEqualTo("FUNDER_ACCOUNT_MISSING");
    account(STATE, "v-3");
    TransferId second = sent("B");
    assertThat(second).isNotEqualTo(first);

    assertThat(importing(debit("B-1", first)).why()).contains(Why.PAID_AFTER_REJECTION);
    assertThat(importing(debit("B-2", second)).outcome()).isEqualTo(Outcome.PAID);
    assertThat(world.ledger.facts(CreditNoteRefunded.class)).hasSize(1);
  }

  @Test
  void debitedAfterItsRejectionItIsPaidAndNotOrderedAgain() {
    TransferId transfer = sent("A");
    told(transfer, "RJCT");

    assertThat(importing(debit("B-1", transfer)).outcome()).isEqualTo(Outcome.PAID);

    stands(-3_000, -3_000);
    assertThat(refusal(ordering("B", NOTE))).isEqualTo("CREDIT_NOTE_ALREADY_REFUNDED");
  }

  @Test
  void aDebitThatBearsTheNameOfACancelledOrdersTransferHoldsNoNoteBack() {
    RefundsOrdered ordered = world.must(ordering("A", NOTE));
    world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));
    assertThat(importing(debit("B-1", ordered.transfers().getFirst().transfer())).why())
        .contains(Why.TRANSFER_NOT_SENT);
    world.must(ordering("B", NOTE));

    releasing("B");

    assertThat(world.register.unmatched()).as("the debit stays a clerk's").hasSize(1);
  }

  @Test
  void aNoteThatTheBankHasPaidAfterAllIsNotReleasedAgain() {
    TransferId first = sent("A");
    told(first, "RJCT");
    account(STATE, "v-3");
    world.must(ordering("B", NOTE));
    ReleaseRefunds release = new ReleaseRefunds(new RefundOrderId("B"), SECOND);
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", first).bytes());

    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), release);

    assertThat(race.decidedAgain()).isTrue();
    assertThat(refusal(release)).isEqualTo("MAY_BE_PAID_ALREADY");
    // The other note's order is not held back by it.
    account(REGION, "v-4");
    world.must(ordering("C", OTHER));
    releasing("C");
  }

  private static Camt day() {
    return Camt.statement("S-1", "2026-04-02", "2026-04-02", 0);
  }

  private List<String> corrected() {
    return world
        .must(
            new CloseBankException(
                world.register.doubts().getFirst().exception(),
                BankExceptionClosed.Reason.CORRECTED_BY_BANK,
                Optional.empty(),
                CLERK))
        .takenOut()
        .stream()
        .map(each -> each.became().toString())
        .toList();
  }

  /** Its return is told by the day's statement, and by the next telling of it no more. */
  private TransferId cameBackAndThenNot(Runnable meanwhile) {
    TransferId first = sent("A");
    Camt debited = day().entry("B-1", "2026-04-02", -3_000, first.value(), "");
    Camt instead = day().entry("B-1", "2026-04-02", -3_000, first.value(), "");
    world.importing(debited.returned("B-9", "2026-04-02", 3_000, first.value(), "AC04").bytes());
    account(STATE, "v-3");
    account(REGION, "v-4");
    meanwhile.run();
    world.importing(instead.bytes());
    return first;
  }

  @Test
  void aReturnThatIsToldNoMoreHasItsNoteRefundedOnce() {
    cameBackAndThenNot(() -> world.must(ordering("B", NOTE)));
    assertThat(refusal(new ReleaseRefunds(new RefundOrderId("B"), SECOND)))
        .isEqualTo("MAY_BE_PAID_ALREADY");
    world.must(new CancelRefunds(new RefundOrderId("B"), CLERK));
    assertThat(refusal(ordering("C", OTHER, NOTE))).isEqualTo("MAY_BE_PAID_ALREADY");
    world.must(ordering("C", OTHER));

    assertThat(corrected()).containsExactly("RETURN_TAKEN_BACK");

    isRefundedAgain();
  }

  /** Released before the doubt: its file would pay again. */
  @Test
  void aFileThatNobodyHasIsNotHandedOutInDoubtAndItsOrderIsCancelled() {
    cameBackAndThenNot(
        () -> {
          world.must(ordering("B", NOTE));
          world.must(new ReleaseRefunds(new RefundOrderId("B"), SECOND));
        });
    assertThat(refusal(download("B"))).isEqualTo("MAY_BE_PAID_ALREADY");
    assertThat(remedy(download("B"))).startsWith("cancel the order");
    world.must(new CancelRefunds(new RefundOrderId("B"), CLERK));

    assertThat(corrected()).containsExactly("RETURN_TAKEN_BACK");

    isRefundedAgain();
  }

  @Test
  void aFileThatTheBankHasIsHandedOutNoMoreInDoubtAndItsEntriesAreMatched() {
    cameBackAndThenNot(
        () -> {
          world.must(ordering("B", NOTE));
          releasing("B");
        });
    assertThat(refusal(download("B"))).isEqualTo("MAY_BE_PAID_ALREADY");
    assertThat(remedy(download("B"))).contains("matchBankEntry", "closeBankException");
    assertThat(refusal(new CancelRefunds(new RefundOrderId("B"), CLERK)))
        .isEqualTo("REFUND_ORDER_RELEASED");
  }

  @Test
  void aReturnThatIsLeftToBeExplainedIsTakenBackOnceTheNextOrderIsCancelled() {
    TransferId first = cameBackAndThenNot(() -> world.must(ordering("B", NOTE)));
    assertThat(corrected()).containsExactly("TO_EXPLAIN");
    MatchBankEntry match =
        new MatchBankEntry(
            world.register.doubts().getFirst().exception(),
            List.of(),
            Optional.empty(),
            Optional.of(first),
            CLERK);
    assertThat(refusal(match)).isEqualTo("TRANSFER_DIFFERS");
    assertThat(refusal(new ReleaseRefunds(new RefundOrderId("B"), SECOND)))
        .isEqualTo("MAY_BE_PAID_ALREADY");
    world.must(new CancelRefunds(new RefundOrderId("B"), CLERK));
    assertThat(refusal(ordering("C", NOTE))).isEqualTo("MAY_BE_PAID_ALREADY");

    world.must(match);

    isRefundedAgain();
  }

  private void isRefundedAgain() {
    stands(-3_000, -3_000);
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(world.register.doubts()).isEmpty();
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
    assertThat(refusal(ordering("D", NOTE))).isEqualTo("CREDIT_NOTE_ALREADY_REFUNDED");
  }

  @Test
  void aTransferToAVenueThatTheBankMayHavePaidHoldsNoRefundBack() {
    long slip = TransfersTest.slip(world, "10000000000001", "v-7", 5_000);
    TransferId toVenue = new TransferId("R-7-1");
    TransfersTest.open(
        world, "R-7", TransfersTest.transfer(toVenue, "v-7", "10000000000001", slip, 5_000));
    importing(debit("B-7", toVenue));
    assertThat(world.register.doubtful()).containsExactly(toVenue);

    world.must(ordering("A", NOTE));
    releasing("A");
  }

  @Test
  void twoRejectedTransfersOfOneNoteInOneFileArePaidOnceAndAClerkSeesTheOther() {
    TransferId first = sent("A");
    told(first, "RJCT");
    account(STATE, "v-3");
    TransferId second = sent("B");
    told(second, "RJCT");

    var entries =
        world
            .importing(
                Camt.notification("N")
                    .entry("B-1", "2026-04-02", -3_000, first.value(), "")
                    .entry("B-2", "2026-04-02", -3_000, second.value(), "")
                    .bytes())
            .entries();

    assertThat(entries.getFirst().outcome()).isEqualTo(Outcome.PAID);
    assertThat(entries.getLast().why()).contains(Why.PAID_AFTER_REJECTION);
    assertThat(world.ledger.facts(CreditNoteRefunded.class)).hasSize(1);
  }

  @Test
  void returnedItIsDueAgainAndPaidByAnotherTransfer() {
    TransferId first = sent("A");
    importing(debit("B-1", first));
    assertThat(importing(comesBack(first)).outcome()).isEqualTo(Outcome.RETURNED);
    assertThat(world.ledger.facts(RefundReturned.class)).hasSize(1);
    stands(0, 0);
    assertThat(refusal(ordering("B", NOTE))).isEqualTo("FUNDER_ACCOUNT_MISSING");
    account(STATE, "v-3");
    importing(debit("B-2", sent("B")));
    stands(-3_000, -3_000);
  }

  @Test
  void whatItsDebitLeftThatTheBankTellsNoMoreIsItsMoneyBackAndClosesNoAccount() {
    TransferId first = sent("A");
    world.importing(day().entry("B-1", "2026-04-02", -3_000, first.value(), "").bytes());
    world.importing(day().bytes());
    String left =
        world
            .must(
                new CloseBankException(
                    new StatementsInDoubt(world.register).read().getFirst().exception(),
                    BankExceptionClosed.Reason.CORRECTED_BY_BANK,
                    Optional.empty(),
                    CLERK))
            .takenOut()
            .getFirst()
            .of()
            .orElseThrow();

    world.must(new MatchBankEntry(left, List.of(), Optional.empty(), Optional.of(first), CLERK));

    stands(0, 0);
    assertThat(world.register.unmatched()).isEmpty();
    importing(debit("B-2", sent("B")));
    stands(-3_000, -3_000);
  }

  @Test
  void whatAClerkRecordsByHandIsProvedByTheBankAndNotPaidAgain() {
    RefundsOrdered ordered = world.must(ordering("A", NOTE));
    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("REFUND_ORDERED");
    releasing("A");
    CreditNoteRefunded byHand = world.must(new RefundCreditNote(NOTE, DAY));
    assertThat(byHand.transfer()).contains(ordered.transfers().getFirst().transfer());
    world.ledger.when(new RefundCreditNote(NOTE, DAY)).thenAlreadyRecorded();
    assertThat(refusal(new RefundCreditNote(NOTE, DAY.minusDays(1))))
        .isEqualTo("CREDIT_NOTE_ALREADY_REFUNDED");

    assertThat(importing(debit("B-1", ordered.transfers().getFirst().transfer())).outcome())
        .isEqualTo(Outcome.PROVED);

    stands(-3_000, -3_000);
  }

  @Test
  void whatAClerkRecordsByHandWithoutATransferIsProvedByTheEntryThatAClerkNames() {
    world.must(new RefundCreditNote(NOTE, DAY));
    stands(-3_000, -3_000);
    Camt file =
        Camt.notification("N")
            .entry("B-1", "2026-04-02", -3_000, "ailleurs", "remboursement")
            .entry("B-2", "2026-04-02", -3_000, "ailleurs", "remboursement");
    var entries = world.importing(file.bytes()).entries();
    assertThat(entries).allSatisfy(one -> assertThat(one.why()).contains(Why.UNKNOWN_DEBIT));
    String first = entries.getFirst().entry();
    String second = entries.getLast().entry();
    assertThat(refusal(refunding(first, OTHER.value()))).isEqualTo("REFUND_NOT_RECORDED");
    world.must(new RefundCreditNote(OTHER, DAY));
    assertThat(refusal(refunding(first, OTHER.value()))).isEqualTo("REFUND_DIFFERS");

    world.must(refunding(first, NOTE.value()));

    // The bank's account has gone down by what was refunded and by what is still unexplained.
    stands(-5_000, -5_000 - 3_000);
    assertThat(refusal(refunding(second, NOTE.value())))
        .as("one debit shows one refund")
        .isEqualTo("REFUND_DIFFERS");
    world.ledger.when(refunding(first, NOTE.value())).thenAlreadyRecorded();
    assertThat(refusal(refunding(first, OTHER.value()))).isEqualTo("ENTRY_ALREADY_MATCHED");
  }

  private static MatchBankEntry refunding(String entry, String note) {
    return new MatchBankEntry(
        entry,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(note),
        CLERK);
  }

  @Test
  void cancelledBeforeItsReleaseAndNotAfterwards() {
    world.must(ordering("A", NOTE));
    world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));
    world.ledger.when(new CancelRefunds(new RefundOrderId("A"), SECOND)).thenAlreadyRecorded();
    assertThat(refusal(new ReleaseRefunds(new RefundOrderId("A"), SECOND)))
        .isEqualTo("REFUND_ORDER_CANCELLED");
    sent("B");
    assertThat(refusal(new CancelRefunds(new RefundOrderId("B"), CLERK)))
        .isEqualTo("REFUND_ORDER_RELEASED");
    assertThat(refusal(new CancelRefunds(new RefundOrderId("none"), CLERK)))
        .isEqualTo("UNKNOWN_REFUND_ORDER");
  }

  @Test
  void releasedItIsCancelledAsLongAsNobodyHasItsFile() {
    TransferId transfer = world.must(ordering("A", NOTE)).transfers().getFirst().transfer();
    world.must(new ReleaseRefunds(new RefundOrderId("A"), SECOND));
    assertThat(refusal(new RejectRefund(new RefundOrderId("A"), transfer, DAY, "AC04")))
        .isEqualTo("FILE_NEVER_HANDED_OUT");
    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("FILE_NEVER_HANDED_OUT");
    assertThat(told(transfer, "RJCT").effect()).isEqualTo(BankFileImported.Effect.DISPUTED);
    assertThat(world.register.disputed())
        .extracting(one -> one.fact().why())
        .containsExactly(BankStatusDisputed.Why.NEVER_SENT);

    world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));

    assertThat(refusal(download("A"))).isEqualTo("REFUND_ORDER_CANCELLED");
    importing(debit("B-1", sent("B")));
    stands(-3_000, -3_000);
  }

  @Test
  void whatTheBankDebitsThoughNobodyHasItsFileIsLeftOutOfItAndStaysRefunded() {
    account(REGION, "v-2");
    RefundsOrdered ordered = world.must(ordering("A", NOTE, OTHER));
    TransferId first = ordered.transfers().getFirst().transfer();
    world.must(new ReleaseRefunds(new RefundOrderId("A"), SECOND));
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit("B-1", first).bytes());
    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), download("A"));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(refusal(download("A"))).isEqualTo("TRANSFER_ENDED");
    assertThat(world.ledger.rehearse(download("A", first)))
        .isInstanceOf(fr.passnumerique.clearing.ledger.Outcome.Recorded.class);

    RefundsCancelled cancelled = world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));

    assertThat(cancelled.creditNotes()).containsExactly(OTHER);
    stands(-3_000, -3_000);
    assertThat(refusal(ordering("B", NOTE))).isEqualTo("CREDIT_NOTE_ALREADY_REFUNDED");
    assertThat(refusal(ordering("B", OTHER))).isEqualTo("ACCEPTED");
  }

  @Test
  void onceTheBankHasDebitedAllOfItThereIsNothingToHandOutNorToCancel() {
    TransferId transfer = world.must(ordering("A", NOTE)).transfers().getFirst().transfer();
    world.must(new ReleaseRefunds(new RefundOrderId("A"), SECOND));
    importing(debit("B-1", transfer));
    assertThat(refusal(download("A", transfer))).isEqualTo("TRANSFER_ENDED");
    assertThat(refusal(new CancelRefunds(new RefundOrderId("A"), CLERK)))
        .isEqualTo("TRANSFER_ENDED");
  }

  @Test
  void handedOutOrCancelledButNotBoth() {
    world.must(ordering("A", NOTE));
    world.must(new ReleaseRefunds(new RefundOrderId("A"), SECOND));
    var race = world.ledger.race(download("A"), new CancelRefunds(new RefundOrderId("A"), CLERK));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(fr.passnumerique.clearing.ledger.Outcome.Refused.class);

    world.must(ordering("B", OTHER_OF_STATE));
    world.must(new ReleaseRefunds(new RefundOrderId("B"), SECOND));
    var other = world.ledger.race(new CancelRefunds(new RefundOrderId("B"), CLERK), download("B"));
    assertThat(other.decidedAgain()).isTrue();
    assertThat(other.second()).isInstanceOf(fr.passnumerique.clearing.ledger.Outcome.Refused.class);
  }

  @Test
  void releasedOrCancelledButNotBoth() {
    world.must(ordering("A", NOTE));
    var race =
        world.ledger.race(
            new CancelRefunds(new RefundOrderId("A"), CLERK),
            new ReleaseRefunds(new RefundOrderId("A"), SECOND));
    assertThat(race.decidedAgain()).isTrue();
  }

  @Test
  void anAccountThatIsNotInForceAnyMoreIsNotReleasedTo() {
    world.must(ordering("A", NOTE));
    world
        .ledger
        .when(new ReleaseRefunds(new RefundOrderId("A"), SECOND))
        .thenIsDecidedAgainAfter(
            new FunderAccountOpened(STATE, new VaultReference("v-9"), "f-9", CLERK, SECOND),
            new FunderAccountOpened(REGION, new VaultReference("v-9"), "f-v-1", CLERK, SECOND));

    account(STATE, "v-3");
    assertThat(refusal(new ReleaseRefunds(new RefundOrderId("A"), SECOND)))
        .isEqualTo("FUNDER_ACCOUNT_CHANGED");

    world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));
    sent("B");
    assertThat(world.ledger.facts(RefundsOrdered.class).getLast().transfers().getFirst().account())
        .isEqualTo(new VaultReference("v-3"));
  }

  @Test
  void anIbanThatTheBankClosedForAnotherFunderIsNotReleasedTo() {
    world.must(ordering("A", NOTE));
    world.must(
        new ProposePayeeAccount(Payee.of(REGION), new VaultReference("v-2"), "f-v-1", CLERK));
    world.must(new ConfirmPayeeAccount(Payee.of(REGION), new VaultReference("v-2"), SECOND));
    RefundsOrdered other = world.must(ordering("B", OTHER));
    releasing("B");
    told(other.transfers().getFirst().transfer(), "RJCT");

    assertThat(refusal(new ReleaseRefunds(new RefundOrderId("A"), SECOND)))
        .isEqualTo("FUNDER_ACCOUNT_CHANGED");
  }

  @Test
  void anIbanThatTheBankClosedForAVenueIsNeitherReleasedToNorOrderedTo() {
    world.must(ordering("A", NOTE));
    String commune = "21230096100018";
    VenueAccountOpened asVenue =
        new VenueAccountOpened(new VenueId(commune), new VaultReference("v-8"), "f-v-1");
    world
        .ledger
        .when(new ReleaseRefunds(new RefundOrderId("A"), SECOND))
        .thenIsDecidedAgainAfter(asVenue);
    long slip = TransfersTest.slip(world, commune, "v-7", 1_000);
    world.ledger.given(asVenue);
    TransferId paying = new TransferId("R-1-1");
    TransfersTest.open(world, "R-1", TransfersTest.transfer(paying, "v-8", commune, slip, 1_000));

    told(paying, "RJCT");

    assertThat(refusal(new ReleaseRefunds(new RefundOrderId("A"), SECOND)))
        .isEqualTo("FUNDER_ACCOUNT_CHANGED");
    world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));
    assertThat(refusal(ordering("C", NOTE))).isEqualTo("FUNDER_ACCOUNT_MISSING");
    account(STATE, "v-2");
    world.must(ordering("C", NOTE));
  }

  @Test
  void theBankCannotHavePaidBeforeTheRelease() {
    world.must(ordering("A", NOTE));
    world.ledger.on(DAY.plusDays(1));
    releasing("A");

    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("BOOKED_ON_OUT_OF_RANGE");
    world.must(new RefundCreditNote(NOTE, DAY.plusDays(1)));
  }

  @Test
  void theDayOfTheReleaseIsKeptWhenARejectionIsTakenBack() {
    world.must(ordering("A", NOTE));
    world.ledger.on(DAY.plusDays(1));
    RefundsReleased released = world.must(new ReleaseRefunds(new RefundOrderId("A"), SECOND));
    world.must(download("A"));
    TransferId transfer =
        world.ledger.facts(RefundsOrdered.class).getLast().transfers().getFirst().transfer();
    told(transfer, "RJCT");
    world.ledger.given(new RefundReinstated(released.order(), transfer, NOTE));

    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("BOOKED_ON_OUT_OF_RANGE");
    world.must(new RefundCreditNote(NOTE, DAY.plusDays(1)));
  }

  private static RejectRefund rejecting(TransferId transfer, LocalDate on, String reason) {
    return new RejectRefund(new RefundOrderId("A"), transfer, on, reason);
  }

  @Test
  void rejectedByHandItIsDueAgainAndItsAccountClosed() {
    TransferId transfer = sent("A");

    world
        .ledger
        .when(rejecting(transfer, DAY, "AC04"))
        .thenIsDecidedAgainAfter(new RefundExecuted(new RefundOrderId("A"), transfer, NOTE, DAY))
        .thenStandsAfter(issued(new CreditNoteId("o-2~anct"), STATE, 1));
    RefundRejected rejected = world.must(rejecting(transfer, DAY, "AC04"));

    assertThat(rejected.account()).isEqualTo(new VaultReference("v-1"));
    world.ledger.when(rejecting(transfer, DAY, "AC04")).thenAlreadyRecorded();
    assertThat(refusal(rejecting(transfer, DAY, "AC06"))).isEqualTo("TRANSFER_ALREADY_REJECTED");
    assertThat(refusal(ordering("B", NOTE))).isEqualTo("FUNDER_ACCOUNT_MISSING");
    account(STATE, "v-3");
    sent("B");
    assertThat(importing(debit("B-1", transfer)).why()).contains(Why.PAID_AFTER_REJECTION);
  }

  @Test
  void whatTheBankHasPaidIsNotRejectedByHand() {
    TransferId transfer = sent("A");
    assertThat(told(transfer, "ACSC").effect()).isEqualTo(Effect.EXECUTED);
    assertThat(refusal(rejecting(transfer, DAY, "AC04"))).isEqualTo("TRANSFER_ALREADY_CONFIRMED");
    importing(debit("B-1", transfer));
    assertThat(refusal(rejecting(transfer, DAY, "AC04"))).isEqualTo("TRANSFER_ALREADY_CONFIRMED");
    importing(comesBack(transfer));
    assertThat(refusal(rejecting(transfer, DAY, "AC04"))).isEqualTo("TRANSFER_ALREADY_REJECTED");
  }

  @Test
  void onlyWhatWentToTheBankIsRejectedFromThatDayOnForAReasonOfTheBanks() {
    RefundsOrdered ordered = world.must(ordering("A", NOTE));
    TransferId transfer = ordered.transfers().getFirst().transfer();
    assertThat(refusal(rejecting(transfer, DAY, "AC04"))).isEqualTo("REFUND_ORDER_NOT_RELEASED");
    assertThat(refusal(new RejectRefund(new RefundOrderId("none"), transfer, DAY, "AC04")))
        .isEqualTo("UNKNOWN_REFUND_ORDER");
    assertThat(refusal(rejecting(new TransferId("AV0"), DAY, "AC04")))
        .isEqualTo("UNKNOWN_TRANSFER");
    world.ledger.on(DAY.plusDays(1));
    releasing("A");

    assertThat(refusal(rejecting(transfer, DAY, "AC04"))).isEqualTo("DATE_OUT_OF_RANGE");
    assertThat(refusal(rejecting(transfer, DAY.plusDays(2), "AC04")))
        .isEqualTo("DATE_OUT_OF_RANGE");
    assertThat(refusal(rejecting(transfer, DAY.plusDays(1), "closed"))).isEqualTo("UNKNOWN_REASON");
    world.must(rejecting(transfer, DAY.plusDays(1), "AC04"));
  }

  @Test
  void aTransferOfAnotherOrderIsNotOfThisOne() {
    TransferId transfer = sent("A");
    account(REGION, "v-2");
    world.must(ordering("B", OTHER));
    releasing("B");

    assertThat(refusal(new RejectRefund(new RefundOrderId("B"), transfer, DAY, "AC04")))
        .isEqualTo("UNKNOWN_TRANSFER");
  }
}
