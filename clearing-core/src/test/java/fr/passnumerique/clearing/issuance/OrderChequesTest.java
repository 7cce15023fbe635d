package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CORREZE;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.KEY;
import static fr.passnumerique.clearing.FundedWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_STARTS;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.answer;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.programme;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.territory.Departement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderChequesTest {
  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;

  @Test
  void anOrderIsIssuedAtOnceAsTheNextBatchWithTheProgrammesRules() {
    ledger
        .when(order("O-1", 100))
        .thenRecords(
            new ChequesIssued(
                new OrderId("O-1"),
                AGREEMENT,
                PROGRAMME,
                1,
                Batch.of(1),
                100,
                1_000,
                10,
                90,
                60,
                ORDER_ENDS,
                30,
                List.of(),
                List.of(),
                List.of(),
                0,
                ConflictOfInterest.FLAG,
                CREUSE,
                0,
                "tijdeman",
                1,
                KEY,
                TODAY,
                List.of(
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 57_140, Optional.empty()),
                    new FundedCents(
                        PROGRAMME, AGREEMENT, 1, CREUSE, REGION, 42_860, Optional.empty())),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void theNextOrderTakesTheNextBatchAndTheNextCents() {
    world.must(order("O-1", 30));

    ChequesIssued next = ledger.when(order("O-2", 10)).thenRecordsOne(ChequesIssued.class);

    assertThat(next.batch()).isEqualTo(Batch.of(2));
    assertThat(next.firstCent()).isEqualTo(30_000);
  }

  @Test
  void centsAreNumberedPerAgreementAndBatchesThroughAll() {
    AgreementId other = new AgreementId("correze-2026");
    world.must(agreement(other, PROGRAMME, share(STATE, 10_000, 1_000_000)));
    world.must(order("O-1", 30));

    ChequesIssued issued = world.must(order("O-2", other, 10));

    assertThat(issued.batch()).isEqualTo(Batch.of(2));
    assertThat(issued.firstCent()).isZero();
  }

  @Test
  void sentAgainTheNextDayTheOrderIsAnsweredAsTheFirstTime() {
    ChequesIssued first = world.must(order("O-1", 100));
    long position = ledger.facts().size();
    ledger.on(TODAY.plusDays(1));

    ledger
        .when(order("O-1", 100))
        .thenAlreadyRecorded()
        .thenRecordedAt(position)
        .thenAnswers(first);
  }

  @Test
  void sentAgainWhenItWouldBeRefusedTheOrderIsStillAnsweredAsTheFirstTime() {
    world.must(order("O-1", 1_000));
    ledger.on(PERIOD_ENDS.plusDays(1));

    ledger.when(order("O-1", 1_000)).thenAlreadyRecorded();
  }

  @Test
  void anotherContentUnderTheSameOrderIsAConflict() {
    world.must(order("O-1", 100));
    List<OrderCheques> others =
        List.of(
            order("O-1", 110),
            order("O-1", new AgreementId("other"), 100),
            new OrderCheques(new OrderId("O-1"), AGREEMENT, CORREZE, 100, ORDER_ENDS),
            new OrderCheques(new OrderId("O-1"), AGREEMENT, CREUSE, 100, ORDER_ENDS.plusDays(1)));

    for (OrderCheques other : others) {
      ledger.when(other).thenRefuses(IssuanceRefusal.ORDER_ALREADY_ISSUED).about("order");
    }
  }

  @Test
  void ofTwoSuchOrdersAtTheSameMomentOneIsIssued() {
    var race = ledger.race(order("O-1", 100), order("O-1", 100));

    assertThat(ledger.facts(ChequesIssued.class)).hasSize(1);
    assertThat(((Outcome.Recorded<ChequesIssued>) race.second()).already()).isTrue();
  }

  @Test
  void twoOrdersOfOneAgreementAtTheSameMomentShareNoCent() {
    var race = ledger.race(order("O-1", 30), order("O-2", 30));

    assertThat(answer(race.first()).firstCent()).isZero();
    assertThat(answer(race.second()).firstCent()).isEqualTo(30_000);
  }

  @Test
  void twoOrdersOfDifferentAgreementsAtTheSameMomentGetDifferentBatches() {
    AgreementId other = new AgreementId("correze-2026");
    world.must(agreement(other, PROGRAMME, share(STATE, 10_000, 1_000_000)));

    var race = ledger.race(order("O-1", 30), order("O-2", other, 30));

    assertThat(answer(race.first()).batch()).isEqualTo(Batch.of(1));
    assertThat(answer(race.second()).batch()).isEqualTo(Batch.of(2));
  }

  @Test
  void twoOrdersAtTheSameMomentDoNotExceedACeilingTogether() {
    var race = ledger.race(order("O-1", 1_000), order("O-2", 1_000));

    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void theAgreementIsSigned() {
    ledger
        .when(order("O-1", new AgreementId("other"), 10))
        .thenRefuses(IssuanceRefusal.UNKNOWN_AGREEMENT)
        .saying("other");
  }

  @Test
  void ordersAreTakenFromTheFirstToTheLastDayOfTheAgreement() {
    ledger.on(PERIOD_STARTS.minusDays(1));
    ledger
        .when(order("O-1", 10))
        .thenRefuses(IssuanceRefusal.OUTSIDE_AGREEMENT_PERIOD)
        .saying("2026-01-01", "2026-12-31", "2025-12-31");
    ledger.on(PERIOD_STARTS);
    ledger.when(order("O-1", 10)).thenRecordsOne(ChequesIssued.class);
    ledger.on(PERIOD_ENDS);
    ledger.when(endingOn(PERIOD_ENDS)).thenRecordsOne(ChequesIssued.class);
    ledger.on(PERIOD_ENDS.plusDays(1));
    ledger
        .when(endingOn(PERIOD_ENDS.plusDays(1)))
        .thenRefuses(IssuanceRefusal.OUTSIDE_AGREEMENT_PERIOD);
  }

  @Test
  void theDayOfAnOrderIsTheDayInParis() {
    ledger.at(Instant.parse("2026-12-31T22:59:59Z"));
    ledger.when(endingOn(PERIOD_ENDS)).thenRecordsOne(ChequesIssued.class);
    ledger.at(Instant.parse("2026-12-31T23:00:00Z"));
    ledger
        .when(endingOn(LocalDate.of(2027, 1, 31)))
        .thenRefuses(IssuanceRefusal.OUTSIDE_AGREEMENT_PERIOD);
  }

  @Test
  void theDepartementIsOneOfTheAgreements() {
    ledger
        .when(
            new OrderCheques(new OrderId("O-1"), AGREEMENT, new Departement("87"), 10, ORDER_ENDS))
        .thenRefuses(IssuanceRefusal.OUTSIDE_AGREEMENT_TERRITORY)
        .about("fundingDepartement")
        .saying("[19, 23]", "87");
    ledger
        .when(new OrderCheques(new OrderId("O-1"), AGREEMENT, CORREZE, 10, ORDER_ENDS))
        .thenRecordsOne(ChequesIssued.class);
  }

  @Test
  void chequesAreOrderedInWholeCarnets() {
    ledger
        .when(order("O-1", 15))
        .thenRefuses(IssuanceRefusal.NOT_WHOLE_CARNETS)
        .about("chequeCount")
        .saying("carnets of 10", "order 10 or 20");
    ledger.when(order("O-1", 9)).thenRefuses(IssuanceRefusal.NOT_WHOLE_CARNETS).saying("order 10");
  }

  @Test
  void anOrderIsForOneChequeToTheLastOrdinal() {
    for (int count : new int[] {Integer.MIN_VALUE, -10, 0, 1_048_576, Integer.MAX_VALUE}) {
      ledger
          .when(order("O-1", count))
          .thenRefuses(IssuanceRefusal.CHEQUE_COUNT_OUT_OF_RANGE)
          .saying("got " + count, "1048570");
    }
  }

  @Test
  void theLargestOrderOfOneChequeCarnetsIsOneFact() {
    ProgrammeId singles = new ProgrammeId("singles");
    AgreementId large = new AgreementId("large");
    world.must(programme(singles, 1_000_000, 1, List.of()));
    world.must(agreement(large, singles, share(STATE, 10_000, 10_000_000_000_000L)));

    ChequesIssued issued = world.must(order("O-1", large, 1_048_575));

    assertThat(issued.shares()).extracting(FundedCents::cents).containsExactly(1_048_575_000_000L);
    ledger
        .when(order("O-2", large, 1_048_576))
        .thenRefuses(IssuanceRefusal.CHEQUE_COUNT_OUT_OF_RANGE);
  }

  @Test
  void aFunderWithoutACentOfTheOrderIsLeftOut() {
    ProgrammeId singles = new ProgrammeId("singles");
    AgreementId lopsided = new AgreementId("lopsided");
    world.must(programme(singles, 100, 1, List.of()));
    world.must(
        agreement(lopsided, singles, share(STATE, 9_999, 1_000_000), share(REGION, 1, 1_000_000)));

    ChequesIssued issued = world.must(order("O-1", lopsided, 1));

    assertThat(issued.shares()).extracting(FundedCents::funder).containsExactly(STATE);
  }

  @Test
  void anOrderEndsOnItsOwnDayOrLater() {
    ledger
        .when(endingOn(TODAY.minusDays(1)))
        .thenRefuses(IssuanceRefusal.ENDS_BEFORE_ORDER)
        .about("endsOn")
        .saying("2026-03-01");
    ledger.when(endingOn(TODAY)).thenRecordsOne(ChequesIssued.class);
  }

  @Test
  void anOrderEndsWithinTenYears() {
    ledger.when(endingOn(TODAY.plusYears(10))).thenRecordsOne(ChequesIssued.class);
    ledger
        .when(endingOn(TODAY.plusYears(10).plusDays(1)))
        .thenRefuses(IssuanceRefusal.ENDS_TOO_LATE);
    ledger.when(endingOn(LocalDate.MAX)).thenRefuses(IssuanceRefusal.ENDS_TOO_LATE);
  }

  @Test
  void aFunderPaysForNoMoreThanItAgreedTo() {
    ledger.when(order("O-1", 1_750)).thenRecordsOne(ChequesIssued.class);
    ledger
        .when(order("O-1", 1_760))
        .thenRefuses(IssuanceRefusal.CEILING_EXCEEDED)
        .saying("anct", "10056.64 €", "10000.00 €");
    world.must(order("O-1", 1_750));
    ledger
        .when(order("O-2", 10))
        .thenRefuses(IssuanceRefusal.CEILING_EXCEEDED)
        .saying("57.14 €", "0.50 €");
  }

  @Test
  void aCeilingIsReachedToTheCent() {
    AgreementId exact = new AgreementId("exact");
    world.must(agreement(exact, PROGRAMME, share(STATE, 10_000, 20_000)));

    world.must(order("O-1", exact, 20));
    ledger.when(order("O-2", exact, 10)).thenRefuses(IssuanceRefusal.CEILING_EXCEEDED);
  }

  @Test
  void whenTheLastBatchNumberIsUsedNoOrderIsTaken() {
    ChequesIssued first = ledger.when(order("O-1", 10)).thenRecordsOne(ChequesIssued.class);
    ledger.given(
        new ChequesIssued(
            first.order(),
            first.agreement(),
            first.programme(),
            first.keyVersion(),
            Batch.of(Batch.NEVER_ISSUED.number() - 1),
            first.chequeCount(),
            first.faceValueCents(),
            first.chequesPerCarnet(),
            first.validityDays(),
            first.presentationWindowDays(),
            first.endsOn(),
            first.toleranceDays(),
            first.eligiblePublics(),
            first.eligibleServices(),
            first.territory(),
            first.chequesPerVisit(),
            first.conflictOfInterest(),
            first.fundingDepartement(),
            first.firstCent(),
            first.splitAlgorithm(),
            first.splitAlgorithmVersion(),
            first.checkKeyName(),
            first.issuedOn(),
            first.shares(),
            Optional.empty(),
            Optional.empty()));

    ledger.when(order("O-2", 10)).thenRefuses(IssuanceRefusal.BATCHES_EXHAUSTED);
  }

  @Test
  void theRefusalOfHigherRankIsGiven() {
    ledger
        .when(
            new OrderCheques(
                new OrderId("O-1"), AGREEMENT, new Departement("87"), -1, TODAY.minusDays(1)))
        .thenRefuses(IssuanceRefusal.OUTSIDE_AGREEMENT_TERRITORY);
  }

  @Test
  void receiptsOfTheAgreementHaveAnOrderDecidedAgainButThoseOfAnotherDoNot() {
    ledger
        .when(order("O-1", 10))
        .thenIsDecidedAgainAfter(received(AGREEMENT))
        .thenStandsAfter(received(new AgreementId("other")));
  }

  private static FundsReceived received(AgreementId agreement) {
    var receipt = receipt("R-1", STATE, 1);
    return new FundsReceived(
        receipt.receipt(), agreement, PROGRAMME, STATE, 1, TODAY, Optional.empty());
  }

  private static OrderCheques endingOn(LocalDate day) {
    return new OrderCheques(new OrderId("O-1"), AGREEMENT, CREUSE, 10, day);
  }
}
