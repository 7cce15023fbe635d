package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OppositionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** 100 cheques are issued: 571.40 € for the State, 428.60 € for the region. */
class ActivateChequesTest {
  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;
  private Batch batch = Batch.of(1);

  @BeforeEach
  void issue() {
    batch = world.issued("O-1", 100);
  }

  @Test
  void chequesAreActivatedWhenEachFunderHasPaidItsCentsOfThem() {
    world.must(receipt("R-1", STATE, 57_140));
    world.must(receipt("R-2", REGION, 42_860));

    ledger
        .when(all("A-1"))
        .thenRecords(
            new ChequesActivated(
                new ActivationId("A-1"),
                AGREEMENT,
                batch,
                1,
                100,
                List.of(
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 57_140, Optional.empty()),
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, REGION, 42_860, Optional.empty()))));
  }

  @Test
  void oneCentShortOfOneFunderAndNothingIsActivated() {
    world.must(receipt("R-1", STATE, 57_140));
    world.must(receipt("R-2", REGION, 42_859));

    ledger
        .when(all("A-1"))
        .thenRefuses(IssuanceRefusal.CASH_MISSING)
        .saying(
            "nouvelle-aquitaine",
            "428.60 €",
            "428.59 €",
            "0.01 € are missing",
            "activate cheques 1 to 99");
    ledger.when(range("A-1", 1, 99)).thenRecordsOne(ChequesActivated.class);
  }

  @Test
  void withoutAnyCashNoChequeIsActivated() {
    ledger.when(range("A-1", 1, 1)).thenRefuses(IssuanceRefusal.CASH_MISSING).saying("0.00 €");
  }

  @Test
  void whatTheCashWouldDoForIsToldFromTheFirstChequeAskedForOn() {
    assertThat(remedy(range("A-1", 11, 20))).isEqualTo("record its receipt first");
    // The eleventh cheque is 5.71 € or 5.72 € of the State's, and the rest of 10 € the region's.
    world.must(receipt("R-1", STATE, 570));
    world.must(receipt("R-2", REGION, 10_000));
    assertThat(remedy(range("A-1", 11, 20))).isEqualTo("record its receipt first");
    world.must(receipt("R-3", STATE, 2));
    assertThat(remedy(range("A-1", 11, 20)))
        .isEqualTo("record its receipt first, or activate cheques 11 to 11");
  }

  @Test
  void oneFundersCashDoesNotCoverAnothersShare() {
    world.must(receipt("R-1", STATE, 1_000_000));

    ledger
        .when(range("A-1", 1, 10))
        .thenRefuses(IssuanceRefusal.CASH_MISSING)
        .saying("nouvelle-aquitaine");
  }

  @Test
  void cashOfAnotherAgreementDoesNotCover() {
    AgreementId other = new AgreementId("other");
    world.must(agreement(other, PROGRAMME, share(STATE, 10_000, 1_000_000)));
    Batch others = world.must(order("O-2", other, 10)).batch();
    paid();

    ledger
        .when(ActivateCheques.all(new ActivationId("A-1"), others))
        .thenRefuses(IssuanceRefusal.CASH_MISSING);
  }

  @Test
  void cashThatIsSetAsideDoesNotCoverASecondTime() {
    paid();
    world.must(all("A-1"));
    Batch second = world.issued("O-2", 100);

    ledger
        .when(ActivateCheques.all(new ActivationId("A-2"), second))
        .thenRefuses(IssuanceRefusal.CASH_MISSING)
        .saying("0.00 €", "record its receipt first");
  }

  @Test
  void twoActivationsAtTheSameMomentDoNotShareACent() {
    Batch second = world.issued("O-2", 100);
    paid();

    var race = ledger.race(all("A-1"), ActivateCheques.all(new ActivationId("A-2"), second));

    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void oneActivationForTwoAgreementsAtTheSameMomentIsRecordedOnce() {
    AgreementId other = new AgreementId("other");
    world.must(agreement(other, PROGRAMME, share(STATE, 10_000, 1_000_000)));
    Batch others = world.must(order("O-2", other, 10)).batch();
    world.must(new RecordReceipt(new ReceiptId("R-3"), other, STATE, 10_000, TODAY));
    paid();

    var race = ledger.race(all("A-1"), ActivateCheques.all(new ActivationId("A-1"), others));

    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    assertThat(ledger.facts(ChequesActivated.class)).hasSize(1);
  }

  @Test
  void anActivationIsDecidedAgainAfterWhateverChangesItsBatch() {
    paid();
    ChequesDelivered delivered =
        ledger.when(delivery("D-1", CCAS, batch, 1, 10)).thenRecordsOne(ChequesDelivered.class);

    ledger.when(all("A-1")).thenIsDecidedAgainAfter(delivered);
  }

  @Test
  void aBatchIsActivatedPartByPart() {
    paid();
    world.must(range("A-1", 1, 30));
    world.must(range("A-2", 41, 100));

    ledger.when(range("A-3", 31, 40)).thenRecordsOne(ChequesActivated.class);
    ledger
        .when(range("A-3", 30, 40))
        .thenRefuses(IssuanceRefusal.ALREADY_ACTIVATED)
        .about("firstOrdinal")
        .saying("00001-000Y");
    ledger
        .when(range("A-3", 31, 41))
        .thenRefuses(IssuanceRefusal.ALREADY_ACTIVATED)
        .about("lastOrdinal")
        .saying("00001-0019");
    ledger.when(all("A-3")).thenRefuses(IssuanceRefusal.ALREADY_ACTIVATED);
  }

  @Test
  void aChequeThatIsReportedLostTakesNoCash() {
    paid();
    ChequeRange lost = new ChequeRange(batch, 31, 31);
    ledger.given(
        new ChequesOpposed(
            new OppositionId("P-1"),
            List.of(lost),
            ChequesOpposed.Reason.LOST,
            "clerk",
            Optional.empty(),
            List.of(lost),
            List.of(),
            List.of(),
            List.of()));

    ledger
        .when(range("A-1", 31, 40))
        .thenRefuses(IssuanceRefusal.OPPOSED)
        .about("firstOrdinal")
        .saying("00001-000Z");
    ledger.when(range("A-1", 21, 31)).thenRefuses(IssuanceRefusal.OPPOSED).about("lastOrdinal");
    ledger.when(range("A-1", 1, 30)).thenRecordsOne(ChequesActivated.class);
    ledger.when(range("A-1", 32, 100)).thenRecordsOne(ChequesActivated.class);
  }

  @Test
  void partsThatMeetTakeTogetherWhatTheWholeTakes() {
    paid();
    ChequesActivated left = world.must(range("A-1", 1, 33));
    ChequesActivated right = world.must(range("A-2", 34, 100));

    assertThat(left.shares().getFirst().cents() + right.shares().getFirst().cents())
        .isEqualTo(57_140);
  }

  @Test
  void sentAgainAnActivationIsAnsweredAsTheFirstTimeHoweverItNamedTheWholeBatch() {
    paid();
    world.must(all("A-1"));
    long position = ledger.facts().size();

    ledger.when(all("A-1")).thenAlreadyRecorded().thenRecordedAt(position);
    ledger.when(range("A-1", 1, 100)).thenAlreadyRecorded().thenRecordedAt(position);
  }

  @Test
  void otherChequesUnderTheSameActivationAreAConflict() {
    paid();
    world.must(range("A-1", 1, 10));

    ledger
        .when(range("A-1", 1, 11))
        .thenRefuses(IssuanceRefusal.ACTIVATION_ALREADY_RECORDED)
        .about("activation");
    ledger.when(range("A-1", 2, 10)).thenRefuses(IssuanceRefusal.ACTIVATION_ALREADY_RECORDED);
    ledger
        .when(ActivateCheques.range(new ActivationId("A-1"), Batch.of(9), 1, 10))
        .thenRefuses(IssuanceRefusal.ACTIVATION_ALREADY_RECORDED);
  }

  @Test
  void theBatchIsIssued() {
    ledger
        .when(ActivateCheques.all(new ActivationId("A-1"), Batch.of(9)))
        .thenRefuses(IssuanceRefusal.UNKNOWN_BATCH)
        .saying("00009");
  }

  @Test
  void theRangeLiesWithinTheBatch() {
    paid();
    ledger
        .when(range("A-1", 0, 10))
        .thenRefuses(IssuanceRefusal.NOT_IN_BATCH)
        .about("firstOrdinal");
    ledger
        .when(range("A-1", 91, 101))
        .thenRefuses(IssuanceRefusal.NOT_IN_BATCH)
        .about("lastOrdinal")
        .saying("1 to 100", "91 to 101");
    ledger
        .when(range("A-1", 1, 101))
        .thenRefuses(IssuanceRefusal.NOT_IN_BATCH)
        .about("lastOrdinal");
    ledger.when(range("A-1", 5, 4)).thenRefuses(IssuanceRefusal.NOT_IN_BATCH);
    ledger
        .when(new ActivateCheques(new ActivationId("A-1"), batch, 101, OptionalInt.empty()))
        .thenRefuses(IssuanceRefusal.NOT_IN_BATCH);
    ledger
        .when(range("A-1", Integer.MIN_VALUE, Integer.MAX_VALUE))
        .thenRefuses(IssuanceRefusal.NOT_IN_BATCH);
  }

  @Test
  void chequesCanBeActivatedUntilTheEndOfTheTolerance() {
    paid();
    ledger.on(ORDER_ENDS.plusDays(30));
    ledger.when(all("A-1")).thenRecordsOne(ChequesActivated.class);
    ledger.on(ORDER_ENDS.plusDays(31));
    ledger
        .when(all("A-1"))
        .thenRefuses(IssuanceRefusal.BATCH_OVER)
        .saying("2026-09-30", "2026-10-01");
  }

  private void paid() {
    world.must(receipt("R-1", STATE, 57_140));
    world.must(receipt("R-2", REGION, 42_860));
  }

  private String remedy(ActivateCheques activation) {
    return ledger.when(activation).thenRefuses(IssuanceRefusal.CASH_MISSING).refusal().remedy();
  }

  private ActivateCheques all(String activation) {
    return ActivateCheques.all(new ActivationId(activation), batch);
  }

  private ActivateCheques range(String activation, int first, int last) {
    return ActivateCheques.range(new ActivationId(activation), batch, first, last);
  }
}
