package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.ON_USE_CLAIM;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.ReceiptTakenBack.Reason;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.TransferFunds;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a receipt had repaid for used cheques is owed again once it is taken back, and whatever else
 * its funder has there pays it in the same commit.
 */
class RepaidAgainTest {
  private static final AgreementId AGREEMENT = new AgreementId("a-l-usage");
  private static final String DAY = "2026-04-02";

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void fiveEurosAreOwed() {
    world.must(
        FundedWorld.agreement(
            AGREEMENT,
            FundedWorld.PROGRAMME,
            new Share(STATE, 5_000, 1_000_000, PaymentTerms.ON_USE, Optional.of(REGION)),
            FundedWorld.share(REGION, 5_000, 1_000_000)));
    world.ledger.given(
        new SlipJudged(
            new VenueId("21230096100018"),
            new SlipReference("S-1"),
            "digest",
            Instant.parse("2026-04-01T10:00:00Z"),
            List.of(),
            List.of(),
            List.of(
                new SlipJudged.SpentCents(
                    FundedWorld.PROGRAMME,
                    AGREEMENT,
                    1,
                    FundedWorld.CREUSE,
                    FundedWorld.CREUSE,
                    STATE,
                    500,
                    Optional.of(REGION)))));
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
    AgreementId other = new AgreementId("autre");
    world.must(
        FundedWorld.agreement(
            other,
            FundedWorld.PROGRAMME,
            FundedWorld.share(STATE, 5_000, 1_000_000),
            FundedWorld.share(REGION, 5_000, 1_000_000)));

    var race =
        world.ledger.race(
            new TransferFunds(new FundsTransferId("V-1"), STATE, AGREEMENT, other, 300),
            takingBack("R-1"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(repaid()).containsExactly(0L);
  }
}
