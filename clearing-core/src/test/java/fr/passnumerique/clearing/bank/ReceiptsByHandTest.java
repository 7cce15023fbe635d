package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CalledFunds;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundingRefusal;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.ReceiptTakenBack.Reason;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.TransferFunds;
import fr.passnumerique.clearing.giveback.CancelGiveBack;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What clerks recorded by hand: the bank shows it in one sum, or never. */
class ReceiptsByHandTest {
  private static final String DAY = "2026-04-02";

  private final BankWorld world = BankWorld.usual();

  private void byHand(String receipt, FunderId funder, long cents) {
    world.must(recording(receipt, funder, cents));
  }

  private static RecordReceipt recording(String receipt, FunderId funder, long cents) {
    return new RecordReceipt(new ReceiptId(receipt), AGREEMENT, funder, cents, BankWorld.TODAY);
  }

  private static TakeReceiptBack takingBack(String receipt, Reason reason) {
    return new TakeReceiptBack(new ReceiptId(receipt), reason, "clerk-1");
  }

  private static MatchBankEntry match(String entry, String... receipts) {
    return new MatchBankEntry(
        entry,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Stream.of(receipts).map(ReceiptId::new).toList(),
        "clerk-1");
  }

  private String entry(String booking, long cents) {
    return world
        .importing(Camt.notification("N-" + booking).entry(booking, DAY, cents, "", "").bytes())
        .entries()
        .getFirst()
        .entry();
  }

  private void isProven(boolean proven) {
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(proven);
  }

  @Test
  void oneTypedTwiceIsTakenBackAndCoverIsProvenAgain() {
    byHand("R-1", STATE, 700);
    byHand("R-2", STATE, 700);
    world.importing(Camt.statement("S-1", DAY, DAY, 0).entry("R-1", DAY, 700, "", "").bytes());
    isProven(false);

    ReceiptTakenBack back = world.must(takingBack("R-2", Reason.TYPED_TWICE));

    assertThat(back.happenedOn()).contains(BankWorld.TODAY);
    assertThat(world.balance(BANK)).isEqualTo(700);
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-700);
    isProven(true);
    world.ledger.when(takingBack("R-2", Reason.TYPED_TWICE)).thenAlreadyRecorded();
    world
        .ledger
        .when(takingBack("R-2", Reason.OTHER))
        .thenRefuses(BankRefusal.RECEIPT_ALREADY_TAKEN_BACK)
        .saying("TYPED_TWICE");
    world.ledger.when(recording("R-2", STATE, 700)).thenRefuses(FundingRefusal.RECEIPT_TAKEN_BACK);
  }

  @Test
  void whatTheBankHasShownIsTheBanksToCorrect() {
    byHand("R-1", STATE, 700);
    world.importing(Camt.notification("N").entry("R-1", DAY, 700, "", "versement").bytes());
    world.importing(Camt.notification("M").entry("B-2", DAY, 300, "", "creuse-2026 anct").bytes());

    for (String receipt : List.of("R-1", "B-2")) {
      world
          .ledger
          .when(takingBack(receipt, Reason.NEVER_CAME))
          .thenRefuses(BankRefusal.RECEIPT_SHOWN)
          .saying(receipt);
    }
    world
        .ledger
        .when(takingBack("R-9", Reason.NEVER_CAME))
        .thenRefuses(BankRefusal.UNKNOWN_RECEIPT)
        .about("receiptId");
  }

  @Test
  void whatWasTakenBackIsProvedByNoEntry() {
    byHand("R-1", STATE, 700);
    world.must(takingBack("R-1", Reason.NEVER_CAME));

    String entry = entry("B-1", 700);

    assertThat(world.balance(UNMATCHED)).isEqualTo(-700);
    world
        .ledger
        .when(match(entry, "R-1"))
        .thenRefuses(BankRefusal.RECEIPT_DIFFERS)
        .saying("taken back");
  }

  @Test
  void theCallThatItSettledIsOpenAgain() {
    world.must(
        new CallFunds(
            new CallId("C-1"), AGREEMENT, STATE, 500, BankWorld.TODAY.plusDays(30), "clerk-1"));
    byHand("R-1", STATE, 700);
    assertThat(open()).isZero();

    world.must(takingBack("R-1", Reason.WRONG_AMOUNT));

    assertThat(open()).isEqualTo(500);
  }

  private long open() {
    CalledFunds called = new CalledFunds();
    long position = 0;
    for (var fact : world.ledger.facts()) {
      called.fold(fact, ++position);
    }
    return called.open().stream().mapToLong(CalledFunds.Call::openCents).sum();
  }

  @Test
  void whatWasGivenBackSinceIsKeptFirst() {
    byHand("R-1", STATE, 700);
    byHand("R-2", STATE, 300);
    GiveBackId giveBack = new GiveBackId("G-1");
    world.must(new GiveBackCredit(giveBack, AGREEMENT, STATE, 301, "clerk-1"));

    world
        .ledger
        .when(takingBack("R-1", Reason.NEVER_CAME))
        .thenRefuses(BankRefusal.RECEIPT_MOVED_ON)
        .saying("7.00 €", "6.99 €", "cancel give-back G-1 (cancelGiveBack), and take it back then");
    // As much is there as the other brought.
    world.ledger.when(takingBack("R-2", Reason.NEVER_CAME)).thenRecordsOne(ReceiptTakenBack.class);

    world.must(new CancelGiveBack(giveBack, "clerk-1"));
    world.must(takingBack("R-1", Reason.NEVER_CAME));
    assertThat(world.balance(BANK)).isEqualTo(300);
  }

  @Test
  void whatWasRefundedSinceIsPaidInByTheFunderFirst() {
    byHand("R-1", STATE, 700);
    GiveBackId giveBack = new GiveBackId("G-1");
    CreditNoteId note =
        world.must(new GiveBackCredit(giveBack, AGREEMENT, STATE, 301, "clerk-1")).creditNote();
    world.must(new RefundCreditNote(note, BankWorld.TODAY));
    world
        .ledger
        .when(takingBack("R-1", Reason.NEVER_CAME))
        .thenRefuses(BankRefusal.RECEIPT_MOVED_ON)
        .saying("3.99 €", "; have funder anct pay in 3.01 € (callFunds), and take it back then");

    world.importing(Camt.notification("M").entry("B-2", DAY, 300, "", "creuse-2026 anct").bytes());
    world
        .ledger
        .when(takingBack("R-1", Reason.NEVER_CAME))
        .thenRefuses(BankRefusal.RECEIPT_MOVED_ON)
        .saying("pay in 0.01 €");
    world.importing(Camt.notification("O").entry("B-3", DAY, 1, "", "creuse-2026 anct").bytes());

    world.must(takingBack("R-1", Reason.NEVER_CAME));
    assertThat(world.balance(BANK)).isZero();
    assertThat(world.balance(FUNDER_CREDIT)).isZero();
  }

  @Test
  void whatWasMovedToAnotherAgreementComesBackFromThereOrIsPaidIn() {
    AgreementId other = new AgreementId("correze-2026");
    world.must(
        FundedWorld.agreement(
            other,
            FundedWorld.PROGRAMME,
            FundedWorld.share(STATE, 5_714, 10_000_000),
            FundedWorld.share(REGION, 4_286, 10_000_000)));
    byHand("R-1", STATE, 700);
    world.must(moving("T-1", AGREEMENT, other, 301));
    world
        .ledger
        .when(takingBack("R-1", Reason.NEVER_CAME))
        .thenRefuses(BankRefusal.RECEIPT_MOVED_ON)
        .saying(
            "; transfer funds back from agreement correze-2026 (transferFunds), or have funder anct"
                + " pay in 3.01 € (callFunds), and take it back then");

    world.must(moving("T-2", other, AGREEMENT, 301));

    world.must(takingBack("R-1", Reason.NEVER_CAME));
    byHand("R-2", STATE, 1);
    GiveBackCredit giveBack =
        new GiveBackCredit(new GiveBackId("G-1"), AGREEMENT, STATE, 1, "clerk-1");
    world.must(new RefundCreditNote(world.must(giveBack).creditNote(), BankWorld.TODAY));
    assertThat(world.ledger.send(takingBack("R-2", Reason.NEVER_CAME)).toString())
        .as("nothing is there any more")
        .contains("RECEIPT_MOVED_ON")
        .doesNotContain("correze-2026");
  }

  private static TransferFunds moving(String id, AgreementId from, AgreementId to, long cents) {
    return new TransferFunds(new FundsTransferId(id), STATE, from, to, cents);
  }

  @Test
  void aGiveBackMeanwhileHasItDecidedAgain() {
    byHand("R-1", STATE, 700);

    var race =
        world.ledger.race(
            new GiveBackCredit(new GiveBackId("G-1"), AGREEMENT, STATE, 1, "clerk-1"),
            takingBack("R-1", Reason.NEVER_CAME));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("RECEIPT_MOVED_ON");
  }

  @Test
  void theBanksProofMeanwhileHasItDecidedAgain() {
    byHand("R-1", STATE, 700);
    byHand("R-2", REGION, 300);
    String entry = entry("B-1", 1_000);

    var race = world.ledger.race(match(entry, "R-1", "R-2"), takingBack("R-1", Reason.NEVER_CAME));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("RECEIPT_SHOWN");
  }

  @Test
  void onePaymentProvesSeveralReceiptsThatComeToItAndNoOthers() {
    byHand("R-1", STATE, 700);
    byHand("R-2", REGION, 300);
    byHand("R-3", REGION, 1);
    String entry = entry("B-1", 1_000);

    for (String[] others : List.of(new String[] {"R-1"}, new String[] {"R-1", "R-2", "R-3"})) {
      world.ledger.when(match(entry, others)).thenRefuses(BankRefusal.RECEIPT_DIFFERS);
    }
    world
        .ledger
        .when(match(entry, "R-1", "R-2", "R-3"))
        .thenRefuses(BankRefusal.RECEIPT_DIFFERS)
        .about("receipts")
        .saying("10.01 €", "10.00 €", "0.01 € less");
    world
        .ledger
        .when(match(entry, "R-1", "R-1"))
        .thenRefuses(BankRefusal.RECEIPT_DIFFERS)
        .saying("twice");
    world.ledger.when(match(entry, "R-1", "R-9")).thenRefuses(BankRefusal.UNKNOWN_RECEIPT);

    world.must(match(entry, "R-1", "R-2"));

    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.balance(BANK)).isEqualTo(1_001);
    world.ledger.when(match(entry, "R-1", "R-2")).thenAlreadyRecorded();
    world.ledger.when(match(entry, "R-2", "R-1")).thenAlreadyRecorded();
    world.ledger.when(match(entry, "R-2", "R-3")).thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED);
    world.ledger.when(match(entry, "R-1")).thenRefuses(BankRefusal.ENTRY_ALREADY_MATCHED);
    String other = entry("B-2", 301);
    world
        .ledger
        .when(match(other, "R-2", "R-3"))
        .thenRefuses(BankRefusal.RECEIPT_DIFFERS)
        .saying("R-2", "proved");
  }

  @Test
  void severalThatOnePaymentProvedAreTakenBackTogetherWhereTheBankTellsItNoMore() {
    byHand("R-1", STATE, 700);
    byHand("R-2", REGION, 300);
    String entry =
        world
            .importing(Camt.statement("S-1", DAY, DAY, 0).entry("B-1", DAY, 1_000, "", "").bytes())
            .entries()
            .getFirst()
            .entry();
    world.must(match(entry, "R-1", "R-2"));
    world.importing(Camt.statement("S-1", DAY, DAY, 0).bytes());

    world.must(
        new CloseBankException(
            world.register.contradicting().getLast().statement().statement(),
            BankExceptionClosed.Reason.CORRECTED_BY_BANK,
            Optional.empty(),
            "clerk-1"));

    assertThat(world.ledger.facts(ReceiptTakenBack.class)).hasSize(2);
    assertThat(world.balance(BANK)).isZero();
  }
}
