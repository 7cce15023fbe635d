package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.MISSION;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.distribution.TakeBack.Step;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OppositionId;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The CCAS holds cheques 1 to 50 and has handed out 1 to 20; the rest is in the operator's stock.
 */
class TakeBackTest {
  private static final VenueId VENUE = new VenueId("21230096100018");

  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;
  private Batch batch = Batch.of(1);

  @BeforeEach
  void deliver() {
    batch = world.issued("O-1", 100);
    world.must(deliver("D-1", CCAS, 1, 50));
    world.must(handOut("H-1", 1, 20));
  }

  @Test
  void whatIsReturnedIsInTheOperatorsStockAndCanBeDeliveredToAnother() {
    world.must(takeBack(Step.DELIVERY, "R-1", CCAS, 31, 40));

    world.must(deliver("D-2", MISSION, 31, 40));
    ledger.when(handOut("H-2", 31, 31)).thenRefuses(DistributionRefusal.NOT_IN_STOCK);
    ledger.when(handOut("H-2", 30, 30)).thenRecordsOne(ChequesHandedOut.class);
    ledger.when(handOut("H-2", 41, 41)).thenRecordsOne(ChequesHandedOut.class);
  }

  @Test
  void theTitlesMoveBack() {
    StockReturned returned =
        ledger
            .when(takeBack(Step.DELIVERY, "R-1", CCAS, 41, 50))
            .thenRecordsOne(StockReturned.class);
    assertThat(sum(returned, AccountKind.TITLES_AT_PRESCRIBER)).isEqualTo(-10_000);
    assertThat(sum(returned, AccountKind.TITLES_IN_STOCK)).isEqualTo(10_000);
    HandOutCorrected corrected =
        ledger
            .when(takeBack(Step.HAND_OUT, "C-1", CCAS, 1, 1))
            .thenRecordsOne(HandOutCorrected.class);
    assertThat(sum(corrected, AccountKind.TITLES_HANDED_OUT)).isEqualTo(-1_000);
    assertThat(sum(corrected, AccountKind.TITLES_AT_PRESCRIBER)).isEqualTo(1_000);
  }

  @Test
  void theLastInStockIsReturnedAndWhatIsHandedOutOrAnothersIsNot() {
    ledger.when(takeBack(Step.DELIVERY, "R-1", CCAS, 21, 50)).thenRecordsOne(StockReturned.class);
    ledger
        .when(takeBack(Step.DELIVERY, "R-1", CCAS, 20, 50))
        .thenRefuses(DistributionRefusal.ALREADY_HANDED_OUT)
        .saying(new Serial(batch, 20).toString());
    ledger
        .when(takeBack(Step.DELIVERY, "R-1", CCAS, 21, 51))
        .thenRefuses(DistributionRefusal.NOT_IN_STOCK);
    ledger
        .when(takeBack(Step.DELIVERY, "R-1", MISSION, 21, 21))
        .thenRefuses(DistributionRefusal.NOT_IN_STOCK);
  }

  @Test
  void aCorrectedHandOutCanBeRecordedAgain() {
    ledger.when(handOut("H-2", 5, 5)).thenRefuses(DistributionRefusal.ALREADY_HANDED_OUT);
    world.must(takeBack(Step.HAND_OUT, "C-1", CCAS, 5, 5));
    ledger.when(handOut("H-2", 5, 5)).thenRecordsOne(ChequesHandedOut.class);
    ledger
        .when(takeBack(Step.HAND_OUT, "C-2", CCAS, 5, 5))
        .thenRefuses(DistributionRefusal.NOT_HANDED_OUT);
    ledger.when(takeBack(Step.HAND_OUT, "C-1", CCAS, 5, 5)).thenAlreadyRecorded();
    ledger
        .when(takeBack(Step.DELIVERY, "C-1", CCAS, 5, 5))
        .thenRefuses(DistributionRefusal.CORRECTION_ALREADY_RECORDED);
  }

  @Test
  void ofACorrectedHandOutTheRestIsLeftThoughItsChequesAreHandedOutOnceMore() {
    HandOuts handOuts = new HandOuts(world.register(DistributionRegister.class), Supplier::get);
    ChequesHandedOut first = world.must(handOut("H-2", 21, 30));
    assertThat(handOuts.left(first)).containsExactly(new ChequeRange(batch, 21, 30));

    world.must(takeBack(Step.HAND_OUT, "C-1", CCAS, 21, 21));
    world.must(takeBack(Step.HAND_OUT, "C-2", CCAS, 25, 26));
    ChequesHandedOut again = world.must(handOut("H-3", 25, 25));

    assertThat(handOuts.left(first))
        .containsExactly(new ChequeRange(batch, 22, 24), new ChequeRange(batch, 27, 30));
    assertThat(handOuts.left(again)).isEqualTo(again.cheques());
    world.must(takeBack(Step.HAND_OUT, "C-3", CCAS, 22, 25));
    world.must(takeBack(Step.HAND_OUT, "C-4", CCAS, 27, 30));
    assertThat(handOuts.left(first)).isEmpty();
    assertThat(handOuts.left(again)).isEmpty();
  }

  @Test
  void theHandOutOfAnAcceptedChequeStandsUntilItsSlipIsWithdrawn() {
    SlipJudged slip = slip(3);
    ledger.given(slip);
    long position = ledger.facts().size();
    ledger
        .when(takeBack(Step.HAND_OUT, "C-1", CCAS, 1, 5))
        .thenRefuses(DistributionRefusal.ALREADY_REDEEMED)
        .saying(new Serial(batch, 3).toString());
    ledger.given(
        new SlipWithdrawn(
            VENUE,
            slip.reference(),
            position,
            slip.presentedAt(),
            slip.acceptedCheques(),
            List.of(),
            List.of(),
            List.of()));
    ledger.when(takeBack(Step.HAND_OUT, "C-1", CCAS, 1, 5)).thenRecordsOne(HandOutCorrected.class);
  }

  @Test
  void aSlipsChequesOfOneBatchNeedNotStandTogetherAndARejectedOneIsNotRedeemed() {
    Batch first = batch;
    batch = world.issued("O-2", 100);
    world.must(deliver("D-2", CCAS, 1, 50));
    world.must(handOut("H-2", 1, 20));
    ledger.given(
        slip(
            accepted(first, 1),
            accepted(batch, 2),
            accepted(first, 3),
            new SlipJudged.Line(
                Optional.of(new Serial(first, 4)),
                0,
                Optional.of(Verdict.NOT_ACTIVATED),
                Optional.empty())));

    standsOnly(2);
    batch = first;
    standsOnly(1, 3);
  }

  /** Of the first four cheques, these are redeemed, and their hand-out stands. */
  private void standsOnly(int... redeemed) {
    for (int ordinal = 1; ordinal <= 4; ordinal++) {
      int cheque = ordinal;
      var then = ledger.when(takeBack(Step.HAND_OUT, "C-1", CCAS, ordinal, ordinal));
      if (IntStream.of(redeemed).anyMatch(each -> each == cheque)) {
        then.thenRefuses(DistributionRefusal.ALREADY_REDEEMED);
      } else {
        then.thenRecordsOne(HandOutCorrected.class);
      }
    }
  }

  @Test
  void aSlipAcceptedMeanwhileHasTheCorrectionDecidedAgain() {
    ledger.when(takeBack(Step.HAND_OUT, "C-1", CCAS, 1, 5)).thenIsDecidedAgainAfter(slip(3));
  }

  @Test
  void aHandOutAndAReturnAtTheSameMomentAreOne() {
    DecisionFixture.Race<ChequesHandedOut, Fact> race =
        ledger.race(handOut("H-2", 30, 30), takeBack(Step.DELIVERY, "R-1", CCAS, 21, 50));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void anOpposedChequeStaysWhereItIs() {
    oppose(new ChequeRange(batch, 20, 21), new ChequeRange(batch, 60, 60));

    ledger
        .when(takeBack(Step.DELIVERY, "R-1", CCAS, 21, 50))
        .thenRefuses(DistributionRefusal.CHEQUE_OPPOSED)
        .saying(new Serial(batch, 21).toString());
    ledger
        .when(takeBack(Step.HAND_OUT, "C-1", CCAS, 11, 20))
        .thenRefuses(DistributionRefusal.CHEQUE_OPPOSED);
    ledger
        .when(handOut("H-2", 21, 30))
        .thenRefuses(DistributionRefusal.CHEQUE_OPPOSED)
        .about("cheques")
        .saying(new Serial(batch, 21).toString());
    ledger
        .when(deliver("D-2", MISSION, 51, 60))
        .thenRefuses(DistributionRefusal.CHEQUE_OPPOSED)
        .saying(new Serial(batch, 60).toString());
    ledger.when(takeBack(Step.DELIVERY, "R-1", CCAS, 22, 50)).thenRecordsOne(StockReturned.class);
    ledger.when(deliver("D-2", MISSION, 61, 70)).thenRecordsOne(ChequesDelivered.class);
  }

  @Test
  void ofACarnetOfWhichOneIsLostTheRestIsDeliveredAllOfItOrAnyOfIt() {
    oppose(new ChequeRange(batch, 60, 60));

    ledger.when(deliver("D-2", MISSION, 51, 59)).thenRecordsOne(ChequesDelivered.class);
    ledger.when(deliver("D-2", MISSION, 53, 54)).thenRecordsOne(ChequesDelivered.class);
    // The one beside it is whole, and stays so.
    ledger
        .when(deliver("D-2", MISSION, 61, 69))
        .thenRefuses(DistributionRefusal.NOT_WHOLE_CARNETS)
        .saying("deliver 61 to 70");
    world.must(deliver("D-2", MISSION, 51, 59));
    ledger.when(deliver("D-3", MISSION, 59, 59)).thenRefuses(DistributionRefusal.ALREADY_DELIVERED);
  }

  @Test
  void aChequeThatCameBackAloneCanBeDeliveredAloneAndACarnetThatIsWholeAgainCannotBeTorn() {
    world.must(takeBack(Step.HAND_OUT, "C-1", CCAS, 16, 16));
    world.must(takeBack(Step.DELIVERY, "R-1", CCAS, 16, 16));
    ledger
        .when(deliver("D-2", MISSION, 11, 20))
        .thenRefuses(DistributionRefusal.ALREADY_DELIVERED)
        .saying(new Serial(batch, 11).toString(), "leave it out");
    ledger
        .when(deliver("D-2", MISSION, 16, 16))
        .thenIsDecidedAgainAfter(opposed(new ChequeRange(batch, 16, 16)));
    world.must(deliver("D-2", MISSION, 16, 16));

    world.must(takeBack(Step.DELIVERY, "R-2", CCAS, 31, 34));
    ledger.when(deliver("D-3", MISSION, 33, 34)).thenRecordsOne(ChequesDelivered.class);
    world.must(takeBack(Step.DELIVERY, "R-3", CCAS, 35, 40));
    ledger
        .when(deliver("D-3", MISSION, 33, 40))
        .thenRefuses(DistributionRefusal.NOT_WHOLE_CARNETS)
        .about("firstOrdinal")
        .saying("deliver 31 to 40");
    ledger.when(deliver("D-3", MISSION, 31, 40)).thenRecordsOne(ChequesDelivered.class);
  }

  @Test
  void nothingOfAnExpiredBatchIsMoved() {
    ledger.given(
        new ChequesExpired(
            new OrderId("O-1"),
            batch,
            FundedWorld.AGREEMENT,
            FundedWorld.ORDER_ENDS,
            List.of(),
            List.of()));

    ledger
        .when(takeBack(Step.DELIVERY, "R-1", CCAS, 21, 50))
        .thenRefuses(DistributionRefusal.BATCH_EXPIRED);
    ledger
        .when(takeBack(Step.HAND_OUT, "C-1", CCAS, 1, 20))
        .thenRefuses(DistributionRefusal.BATCH_EXPIRED);
    ledger.when(handOut("H-2", 21, 30)).thenRefuses(DistributionRefusal.BATCH_EXPIRED);
    ledger.when(deliver("D-2", MISSION, 51, 60)).thenRefuses(DistributionRefusal.BATCH_EXPIRED);
  }

  @Test
  void sentAgainAReturnIsAnsweredAsTheFirstTimeAndOtherChequesAreAConflict() {
    world.must(takeBack(Step.DELIVERY, "R-1", CCAS, 31, 40));

    ledger.when(takeBack(Step.DELIVERY, "R-1", CCAS, 31, 40)).thenAlreadyRecorded();
    ledger
        .when(takeBack(Step.DELIVERY, "R-1", CCAS, 31, 41))
        .thenRefuses(DistributionRefusal.CORRECTION_ALREADY_RECORDED);
    ledger
        .when(takeBack(Step.HAND_OUT, "R-1", CCAS, 31, 40))
        .thenRefuses(DistributionRefusal.CORRECTION_ALREADY_RECORDED);
  }

  private void oppose(ChequeRange... lost) {
    ledger.given(opposed(lost));
  }

  private static ChequesOpposed opposed(ChequeRange... lost) {
    return new ChequesOpposed(
        new OppositionId("P-1"),
        List.of(lost),
        ChequesOpposed.Reason.LOST,
        "clerk",
        Optional.empty(),
        List.of(lost),
        List.of(),
        List.of(),
        List.of());
  }

  private TakeBack takeBack(Step step, String id, PrescriberId from, int first, int last) {
    return new TakeBack(
        step, new CorrectionId(id), from, List.of(new Choice.Cheques(batch, first, last)));
  }

  private HandOutCheques handOut(String id, int first, int last) {
    return new HandOutCheques(
        new HandOutId(id),
        CCAS,
        List.of(new Choice.Cheques(batch, first, last)),
        TODAY,
        "",
        Optional.empty());
  }

  private DeliverCheques deliver(String id, PrescriberId to, int first, int last) {
    return new DeliverCheques(new DeliveryId(id), to, batch, first, last, TODAY);
  }

  private SlipJudged slip(int ordinal) {
    return slip(accepted(batch, ordinal));
  }

  private static SlipJudged.Line accepted(Batch batch, int ordinal) {
    return new SlipJudged.Line(
        Optional.of(new Serial(batch, ordinal)), 0, Optional.empty(), Optional.empty());
  }

  private static SlipJudged slip(SlipJudged.Line... lines) {
    return new SlipJudged(
        VENUE,
        new SlipReference("S-1"),
        "digest",
        Instant.parse("2026-03-02T10:00:00Z"),
        List.of(
            new SlipJudged.Visit(
                new PointOfServiceId("gueret"), CREUSE, TODAY, "Utiliser le numérique")),
        List.of(lines),
        List.of());
  }

  private static long sum(Fact fact, AccountKind kind) {
    return Postings.of(fact).stream()
        .filter(entry -> entry.account().kind() == kind)
        .mapToLong(Entry::cents)
        .sum();
  }
}
