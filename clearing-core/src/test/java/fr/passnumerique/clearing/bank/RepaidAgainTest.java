package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.ReceiptTakenBack.Reason;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.SignAgreement;
import fr.passnumerique.clearing.funding.TransferFunds;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a receipt had repaid for used cheques is owed again once it is taken back, and whatever else
 * its funder has there pays it in the same commit.
 */
class RepaidAgainTest {
  private static final AgreementId AGREEMENT = BankWorld.ON_USE;
  private static final AgreementId OTHER = new AgreementId("autre");
  private static final String DAY = "2026-04-02";

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void fiveEurosAreOwed() {
    world.owedOnUse(500);
  }

  private void byHand(String receipt, long cents) {
    world.must(new RecordReceipt(new ReceiptId(receipt), AGREEMENT, STATE, cents, BankWorld.TODAY));
  }

  private static TakeReceiptBack takingBack(String receipt) {
    return new TakeReceiptBack(new ReceiptId(receipt), Reason.NEVER_CAME, "clerk-1");
  }

  private List<Long> repaid() {
    return world.ledger.facts(FundsTransferred.class).stream()
        .map(transfer -> transfer.repaid().map(Repaid::cents).orElse(0L))
        .toList();
  }

  @Test
  void anotherReceiptsCreditPaysAsMuchAsIsThere() {
    byHand("R-1", 500);
    byHand("R-2", 300);

    world.must(takingBack("R-1"));

    FundsTransferred repayment = (FundsTransferred) world.ledger.facts().getLast();
    assertThat(repayment.staysWithinAgreement()).isTrue();
    assertThat(repayment.repaid()).contains(new Repaid(REGION, 300));
    assertThat(world.balance(ON_USE_CLAIM)).isEqualTo(200);
    world.ledger.when(takingBack("R-1")).thenAlreadyRecorded();
  }

  /** Whichever is taken back first: the region keeps what the other has repaid, and the breach. */
  @Test
  void theReceiptThatPaidInItsPlaceCanBeTakenBackToo() {
    byHand("R-1", 500);
    byHand("R-2", 300);

    world.must(takingBack("R-1"));
    world.must(takingBack("R-2"));

    assertThat(world.register.paidEarly().free(AGREEMENT, STATE)).isEqualTo(-300);
    owesFiveEurosAltogether();
  }

  @Test
  void theOtherWayAboutItOwesAsMuch() {
    byHand("R-1", 500);
    byHand("R-2", 300);

    world.must(takingBack("R-2"));
    world.must(takingBack("R-1"));

    assertThat(world.register.paidEarly().free(AGREEMENT, STATE)).isZero();
    owesFiveEurosAltogether();
  }

  private void owesFiveEurosAltogether() {
    assertThat(world.balance(BANK)).isZero();
    assertThat(world.balance(ON_USE_CLAIM) - world.register.paidEarly().free(AGREEMENT, STATE))
        .isEqualTo(500);

    byHand("R-3", 500);

    assertThat(world.balance(ON_USE_CLAIM)).isZero();
    assertThat(world.register.paidEarly().free(AGREEMENT, STATE)).isZero();
    assertThat(world.register.paidEarly().free(AGREEMENT, REGION)).isEqualTo(500);
  }

  /** A cent of it is elsewhere, and can come back. */
  @Test
  void whatWasMovedBesidesIsBroughtBackFirst() {
    byHand("R-1", 500);
    byHand("R-2", 501);
    world.must(otherAgreement());
    world.must(moving(AGREEMENT, OTHER, 1));
    world.must(takingBack("R-1"));

    assertThat(world.ledger.send(takingBack("R-2")).toString())
        .contains("RECEIPT_MOVED_ON", "5.01 €", "5.00 €", "transfer funds back from");

    world.must(moving(OTHER, AGREEMENT, 1));
    world.must(takingBack("R-2"));
  }

  /** All that it brought went to the region, which has it still. */
  @Test
  void whatRepaidWhollyIsTakenBackWhileItsFundersOwnMoneyIsShort() {
    world.importing(
        Camt.statement("S-1", DAY, DAY, 0).entry("B-1", DAY, 400, "", "a-l-usage anct").bytes());
    byHand("R-1", 100);
    byHand("R-2", 10);
    world.must(otherAgreement());
    world.must(moving(AGREEMENT, OTHER, 10));
    world.ledger.given(ReceiptTakenBack.of(receipt("R-2"), Reason.OTHER, "clerk-1"));

    world.must(takingBack("R-1"));

    assertThat(world.balance(ON_USE_CLAIM)).isEqualTo(100);
  }

  private FundsReceived receipt(String id) {
    return world.ledger.facts(FundsReceived.class).stream()
        .filter(one -> one.receipt().equals(new ReceiptId(id)))
        .findFirst()
        .orElseThrow();
  }

  private static SignAgreement otherAgreement() {
    return FundedWorld.agreement(
        OTHER,
        FundedWorld.PROGRAMME,
        FundedWorld.share(STATE, 5_000, 1_000_000),
        FundedWorld.share(REGION, 5_000, 1_000_000));
  }

  private static TransferFunds moving(AgreementId from, AgreementId to, long cents) {
    return new TransferFunds(new FundsTransferId("V-" + from), STATE, from, to, cents);
  }

  @Test
  void aCentMoreThanIsOwedStaysTheFunders() {
    byHand("R-1", 500);
    byHand("R-2", 501);
    world.must(takingBack("R-1"));
    assertThat(repaid()).containsExactly(500L);
    assertThat(world.register.paidEarly().free(AGREEMENT, STATE)).isEqualTo(1);
  }

  @Test
  void whereNothingElseIsThereItStaysOwed() {
    byHand("R-1", 500);
    world.ledger.when(takingBack("R-1")).thenRecordsOne(ReceiptTakenBack.class);
  }

  @Test
  void whatNeverRepaidAnythingIsTakenBackAlone() {
    byHand("R-1", 500);
    byHand("R-2", 300);
    byHand("R-3", 200);
    world.ledger.when(takingBack("R-3")).thenRecordsOne(ReceiptTakenBack.class);
  }

  @Test
  void twoThatAreTakenBackAtOncePayNoCentTwice() {
    byHand("R-1", 300);
    byHand("R-2", 200);
    byHand("R-3", 400);

    var race = world.ledger.race(takingBack("R-1"), takingBack("R-2"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(repaid()).containsExactly(300L, 100L);
    assertThat(world.ledger.facts(FundsTransferred.class))
        .extracting(FundsTransferred::transfer)
        .doesNotHaveDuplicates();
    assertThat(world.balance(ON_USE_CLAIM)).isEqualTo(100);
  }

  @Test
  void soIsItWhereTheBankTellsTheReceiptNoMore() {
    world.importing(
        Camt.statement("S-1", DAY, DAY, 0)
            .entry("B-1", DAY, 400, "", "a-l-usage anct")
            .entry("B-2", DAY, 450, "", "a-l-usage anct")
            .bytes());
    assertThat(world.balance(ON_USE_CLAIM)).isZero();
    world.importing(
        Camt.statement("S-1", DAY, DAY, 0).entry("B-2", DAY, 450, "", "a-l-usage anct").bytes());

    world.must(
        new CloseBankException(
            world.register.contradicting().getLast().statement().statement(),
            BankExceptionClosed.Reason.CORRECTED_BY_BANK,
            Optional.empty(),
            "clerk-1"));

    assertThat(world.ledger.facts().getLast()).isInstanceOf(BankExceptionClosed.class);
    assertThat(repaid()).containsExactly(350L);
    assertThat(world.balance(ON_USE_CLAIM)).isEqualTo(50);
  }

  @Test
  void theClerksOwnTransferAtThatMomentPaysNoCentTwice() {
    byHand("R-1", 500);
    byHand("R-2", 300);
    world.must(otherAgreement());

    var race = world.ledger.race(moving(AGREEMENT, OTHER, 300), takingBack("R-1"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(repaid()).containsExactly(0L);
  }
}
