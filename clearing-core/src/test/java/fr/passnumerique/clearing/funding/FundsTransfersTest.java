package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FundsTransfersTest {
  private static final AgreementId OTHER = new AgreementId("correze-2026");
  private static final FunderId EPCI = new FunderId("epci");

  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;

  FundsTransfersTest() {
    world.must(new RegisterFunder(EPCI, "Agglo", FunderRegistered.Kind.EPCI));
    world.must(
        agreement(OTHER, PROGRAMME, share(STATE, 5_000, 1_000_000), share(EPCI, 5_000, 1_000_000)));
    world.must(receipt("R-1", STATE, 10_000));
  }

  @Test
  void cashAndCreditMoveTogether() {
    FundsTransferred transferred = world.must(transfer("V-1", STATE, 10_000));

    assertThat(transferred.fromProgramme()).isEqualTo(PROGRAMME);
    assertThat(cash("creuse-2026")).isZero();
    assertThat(cash("correze-2026")).isEqualTo(10_000);
    assertThat(world.cover.read(CoverQuery.Filter.ALL).total().freeCreditCents()).isEqualTo(10_000);
  }

  @Test
  void notACentMoreThanIsFree() {
    world.must(receipt("R-2", REGION, 4_286));
    world.must(ActivateCheques.all(new ActivationId("A-1"), world.issued("O-1", 10)));

    ledger
        .when(transfer("V-1", STATE, 4_287))
        .thenRefuses(FundingRefusal.CREDIT_TOO_LOW)
        .about("amountCents")
        .saying("42.86 €", "42.87 €", "transfer at most that");
    world.must(transfer("V-1", STATE, 4_286));
    ledger
        .when(transfer("V-2", STATE, 1))
        .thenRefuses(FundingRefusal.CREDIT_TOO_LOW)
        .saying("0.00 €", "transfer nothing");
  }

  @Test
  void onlyBetweenAgreementsOfTheFunder() {
    ledger
        .when(transfer("V-1", EPCI, 1))
        .thenRefuses(FundingRefusal.FUNDER_NOT_IN_AGREEMENT)
        .about("from");
    ledger
        .when(transfer("V-1", REGION, 1))
        .thenRefuses(FundingRefusal.FUNDER_NOT_IN_AGREEMENT)
        .about("to");
    ledger
        .when(transfer("V-1", new FunderId("none"), 1))
        .thenRefuses(FundingRefusal.UNKNOWN_FUNDER);
  }

  @Test
  void fromOneToAnotherThatBothExist() {
    ledger
        .when(new TransferFunds(new FundsTransferId("V-1"), STATE, AGREEMENT, AGREEMENT, 1))
        .thenRefuses(FundingRefusal.SAME_AGREEMENT);
    AgreementId none = new AgreementId("none");
    ledger
        .when(new TransferFunds(new FundsTransferId("V-1"), STATE, none, OTHER, 1))
        .thenRefuses(FundingRefusal.UNKNOWN_AGREEMENT)
        .about("from");
    ledger
        .when(new TransferFunds(new FundsTransferId("V-1"), STATE, AGREEMENT, none, 1))
        .thenRefuses(FundingRefusal.UNKNOWN_AGREEMENT)
        .about("to");
  }

  @Test
  void theNamesOfRepaymentsAreNoClerksToChoose() {
    ledger
        .when(transfer("use-1", STATE, 1))
        .thenRefuses(FundingRefusal.FUNDS_TRANSFER_NAME_RESERVED)
        .about("transfer")
        .saying("use-1", "does not begin with use-");
    world.must(transfer("use", STATE, 1));
    assertThat(FundsTransferId.repaying("S-1").isReserved()).isTrue();
  }

  /** Of one that was chosen before they were reserved. */
  @Test
  void whatIsRecordedUnderSuchANameIsAnsweredAgain() {
    ledger.given(
        new FundsTransferred(
            new FundsTransferId("use-1"),
            STATE,
            AGREEMENT,
            PROGRAMME,
            OTHER,
            PROGRAMME,
            1,
            Optional.empty()));
    ledger.when(transfer("use-1", STATE, 1)).thenAlreadyRecorded();
  }

  @Test
  void nothingAndLessIsNoAmount() {
    ledger.when(transfer("V-1", STATE, 0)).thenRefuses(FundingRefusal.AMOUNT_OUT_OF_RANGE);
    ledger.when(transfer("V-1", STATE, -1)).thenRefuses(FundingRefusal.AMOUNT_OUT_OF_RANGE);
  }

  @Test
  void sentAgainItIsAnsweredAsTheFirstTimeThoughNothingIsFreeAnyMore() {
    world.must(transfer("V-1", STATE, 10_000));

    ledger.when(transfer("V-1", STATE, 10_000)).thenAlreadyRecorded();
    ledger
        .when(transfer("V-1", STATE, 9_999))
        .thenRefuses(FundingRefusal.FUNDS_TRANSFER_ALREADY_RECORDED);
  }

  @Test
  void theLastEuroIsTransferredOrActivatedAndNeverBoth() {
    world.must(receipt("R-2", REGION, 4_286));
    var batch = world.issued("O-1", 10);

    var race =
        ledger.race(
            transfer("V-1", STATE, 10_000), ActivateCheques.all(new ActivationId("A-1"), batch));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(ledger.facts(ChequesActivated.class)).isEmpty();
  }

  @Test
  void aTransferRepairsTheBreachOfAnotherAgreement() {
    world.must(transfer("V-1", STATE, 4_000));
    ledger.given(
        new FundsReceived(
            new ReceiptId("R-2"), OTHER, PROGRAMME, STATE, -4_001, TODAY, Optional.empty()));
    assertThat(world.cover.read(CoverQuery.Filter.ALL).breaches()).isEqualTo(1);

    world.must(transfer("V-2", STATE, 1));

    assertThat(world.cover.read(CoverQuery.Filter.ALL).breaches()).isZero();
  }

  private static TransferFunds transfer(String transfer, FunderId funder, long cents) {
    return new TransferFunds(new FundsTransferId(transfer), funder, AGREEMENT, OTHER, cents);
  }

  private long cash(String agreement) {
    return world
        .cover
        .read(new CoverQuery.Filter(Optional.of(agreement), Optional.of("anct")))
        .total()
        .cashCents();
  }
}
