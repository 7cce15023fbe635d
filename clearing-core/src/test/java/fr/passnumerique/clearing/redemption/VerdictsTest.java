package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.BUS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CREUSE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.GUERET;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT_CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.KEYS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.LAST_DAY;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.LYON;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.RHONE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.SERVICE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.activated;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.at;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.handedOut;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.labelled;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.listed;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.of;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.served;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.signed;
import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.ALREADY_REDEEMED;
import static fr.passnumerique.clearing.redemption.Verdict.BAD_CHECK_CODE;
import static fr.passnumerique.clearing.redemption.Verdict.DUPLICATE_LINE;
import static fr.passnumerique.clearing.redemption.Verdict.EXPIRED_AT_SERVICE_DATE;
import static fr.passnumerique.clearing.redemption.Verdict.NOT_ACTIVATED;
import static fr.passnumerique.clearing.redemption.Verdict.NOT_DISTRIBUTED;
import static fr.passnumerique.clearing.redemption.Verdict.OUT_OF_TERRITORY;
import static fr.passnumerique.clearing.redemption.Verdict.PRESENTED_TOO_LATE;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_BEFORE_DISTRIBUTION;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_DATE_IN_FUTURE;
import static fr.passnumerique.clearing.redemption.Verdict.SERVICE_NOT_ELIGIBLE;
import static fr.passnumerique.clearing.redemption.Verdict.TOO_MANY_IN_ONE_VISIT;
import static fr.passnumerique.clearing.redemption.Verdict.UNKNOWN_CHEQUE;
import static fr.passnumerique.clearing.redemption.Verdict.VENUE_NOT_LABELLED_AT_SERVICE_DATE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule on its edge. */
class VerdictsTest {

  @Test
  void aLineThatNothingIsWrongWithIsAccepted() {
    SlipJudged slip = RedemptionWorld.usual().judged(line(1));

    assertThat(slip.lines())
        .containsExactly(
            new SlipJudged.Line(
                Optional.of(cheque(1).serial()), 0, Optional.empty(), Optional.empty()));
    assertThat(slip.visits())
        .containsExactly(new SlipJudged.Visit(GUERET, CREUSE, LocalDate.of(2026, 3, 16), SERVICE));
    assertThat(slip.acceptedCents()).isEqualTo(1_000);
  }

  @Nested
  class DuplicateLine {
    private final RedemptionWorld world = RedemptionWorld.usual();

    @Test
    void theSameChequeTwiceIsAcceptedOnce() {
      assertThat(world.verdicts(line(1), line(2), line(1)))
          .containsExactly(ACCEPTED, ACCEPTED, DUPLICATE_LINE);
    }

    @Test
    void theFirstLineCountsEvenIfItIsRejected() {
      SlipLine tooEarly = served(line(1), HANDED_OUT.minusDays(1));
      assertThat(world.verdicts(tooEarly, line(1)))
          .containsExactly(SERVICE_BEFORE_DISTRIBUTION, DUPLICATE_LINE);
    }

    @Test
    void aLineWithAFalseCheckPartIsNoDuplicateOfTheCheque() {
      assertThat(world.verdicts(line(forged(1)), line(1), line(forged(1))))
          .containsExactly(BAD_CHECK_CODE, ACCEPTED, DUPLICATE_LINE);
    }

    @Test
    void anotherBatchsChequeOfTheSameNumberIsNoDuplicate() {
      Batch other = Batch.of(8);
      world.ledger.given(
          new Rules().issue(other, 100_000),
          activated(other, 1, CHEQUES),
          handedOut("h-2", HANDED_OUT, new ChequeRange(other, 1, 10)));
      assertThat(world.verdicts(line(1), line(cheque(other, 1)), line(1)))
          .containsExactly(ACCEPTED, ACCEPTED, DUPLICATE_LINE);
    }
  }

  @Nested
  class UnknownCheque {
    private final RedemptionWorld world = RedemptionWorld.usual();

    @Test
    void theLastChequeOfABatchExistsAndTheNextDoesNot() {
      assertThat(world.verdicts(line(CHEQUES), line(CHEQUES + 1)))
          .containsExactly(NOT_DISTRIBUTED, UNKNOWN_CHEQUE);
    }

    @Test
    void aBatchThatWasNeverIssuedHasNoCheques() {
      assertThat(world.verdict(line(cheque(Batch.of(8), 1)))).isEqualTo(UNKNOWN_CHEQUE);
    }

    @Test
    void anUnknownCodeIsNotKept() {
      assertThat(world.judged(line(cheque(Batch.of(8), 1))).lines())
          .containsExactly(
              new SlipJudged.Line(
                  Optional.empty(), 0, Optional.of(UNKNOWN_CHEQUE), Optional.empty()));
    }
  }

  @Test
  void aCheckPartThatIsOffByOneBitIsRejected() {
    RedemptionWorld world = RedemptionWorld.usual();
    ChequeCode right = cheque(1);
    for (int bit = 0; bit < 30; bit++) {
      ChequeCode wrong = new ChequeCode(right.serial(), right.check() ^ 1 << bit);
      assertThat(world.verdict(line(wrong))).isEqualTo(BAD_CHECK_CODE);
    }
    assertThat(world.verdict(line(right))).isEqualTo(ACCEPTED);
  }

  @Test
  void aBatchIssuedAfterTheSlipWasPreparedHasItsCheckPartsComparedAllTheSame() {
    RedemptionWorld world = RedemptionWorld.usual();
    Batch late = Batch.of(9);
    Serial first = new Serial(late, 1);
    ChequeCode wrong = new ChequeCode(first, KEYS.check(first, RedemptionWorld.KEY) ^ 1);
    SubmitSlip prepared = world.slip("S-1", line(wrong), line(cheque(late, 2)));
    world.ledger.given(
        new Rules().issue(late, 100_000),
        activated(late, 1, CHEQUES),
        handedOut("h-2", HANDED_OUT, new ChequeRange(late, 1, 10)));

    SlipJudged slip = world.ledger.when(prepared).thenRecordsOne(SlipJudged.class);
    assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
        .containsExactly(BAD_CHECK_CODE, ACCEPTED);
  }

  @Nested
  class ServiceDateInFuture {
    /**
     * To the second before midnight in Paris and at midnight, in winter, summer and on both
     * changes.
     */
    @ParameterizedTest
    @CsvSource({
      "2026-03-10T22:59:59.999999Z, 2026-03-10",
      "2026-03-10T23:00:00Z,        2026-03-11",
      "2026-03-28T22:59:59Z,        2026-03-28",
      "2026-03-28T23:00:00Z,        2026-03-29",
      "2026-03-29T21:59:59Z,        2026-03-29",
      "2026-03-29T22:00:00Z,        2026-03-30",
      "2026-10-24T21:59:59Z,        2026-10-24",
      "2026-10-24T22:00:00Z,        2026-10-25",
      "2026-10-25T22:59:59Z,        2026-10-25",
      "2026-10-25T23:00:00Z,        2026-10-26",
    })
    void todayIsTheDayInParis(Instant presentedAt, LocalDate today) {
      Rules rules = new Rules();
      rules.validityDays = 1_000;
      rules.toleranceDays = 1_000;
      RedemptionWorld world = RedemptionWorld.with(rules);
      world.ledger.at(presentedAt);

      SlipJudged slip = world.judged(served(line(1), today), served(line(2), today.plusDays(1)));

      assertThat(slip.lines().get(0).verdict()).isEqualTo(ACCEPTED);
      assertThat(slip.lines().get(1).verdict()).isEqualTo(SERVICE_DATE_IN_FUTURE);
      assertThat(slip.lines().get(1).on()).contains(today);
    }
  }

  @Nested
  class AlreadyRedeemed {
    @Test
    void aRedeemedChequeIsRejectedAndTheDayOfItsRedemptionTold() {
      RedemptionWorld world = RedemptionWorld.usual();
      world.redeem("S-0", line(1));
      world.ledger.on(LocalDate.of(2026, 4, 2));

      assertThat(world.judged(line(1)).lines())
          .containsExactly(
              new SlipJudged.Line(
                  Optional.of(cheque(1).serial()),
                  0,
                  Optional.of(ALREADY_REDEEMED),
                  Optional.of(LocalDate.of(2026, 4, 1))));
    }

    @Test
    void aChequeThatWasOnlyRejectedIsNotRedeemed() {
      RedemptionWorld world = RedemptionWorld.usual();
      world.redeem("S-0", served(line(1), HANDED_OUT.minusDays(1)));

      assertThat(world.verdict(line(1))).isEqualTo(ACCEPTED);
    }

    @Test
    void redemptionBeforeMidnightIsOfThatDay() {
      RedemptionWorld world = RedemptionWorld.usual();
      world.ledger.at(Instant.parse("2026-04-01T21:59:59Z"));
      world.redeem("S-0", line(1));
      world.ledger.at(Instant.parse("2026-04-01T22:00:00Z"));
      world.redeem("S-00", line(2));

      assertThat(world.judged(line(1), line(2)).lines().stream().map(l -> l.on().orElseThrow()))
          .containsExactly(LocalDate.of(2026, 4, 1), LocalDate.of(2026, 4, 2));
    }
  }

  @Nested
  class NotActivatedNotDistributed {
    @Test
    void theFirstAndLastOfAnActivatedRangeAreActivated() {
      RedemptionWorld world = new RedemptionWorld();
      world.ledger.given(
          signed(),
          new Rules().issue(BATCH, 0),
          activated(BATCH, 11, 20),
          handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, 30)),
          listed(VENUE, GUERET),
          labelled(HANDED_OUT));
      world.ledger.on(LocalDate.of(2026, 4, 1));

      assertThat(world.verdicts(line(10), line(11), line(20), line(21)))
          .containsExactly(NOT_ACTIVATED, ACCEPTED, ACCEPTED, NOT_ACTIVATED);
    }

    @Test
    void theLastChequeHandedOutIsDistributedAndTheNextIsNot() {
      assertThat(
              RedemptionWorld.usual()
                  .verdicts(line(HANDED_OUT_CHEQUES), line(HANDED_OUT_CHEQUES + 1)))
          .containsExactly(ACCEPTED, NOT_DISTRIBUTED);
    }

    @Test
    void aSingleChequeHandedOutIsDistributed() {
      RedemptionWorld world = RedemptionWorld.usual();
      world.ledger.given(
          handedOut(
              "h-2", HANDED_OUT, new ChequeRange(BATCH, 61, 61), new ChequeRange(BATCH, 71, 80)));
      assertThat(
              world.verdicts(line(60), line(61), line(62), line(70), line(71), line(80), line(81)))
          .containsExactly(
              NOT_DISTRIBUTED,
              ACCEPTED,
              NOT_DISTRIBUTED,
              NOT_DISTRIBUTED,
              ACCEPTED,
              ACCEPTED,
              NOT_DISTRIBUTED);
    }
  }

  @Test
  void aServiceOnTheDayOfTheHandOutIsPaidAndOneTheDayBeforeIsNot() {
    RedemptionWorld world = RedemptionWorld.usual();
    SlipJudged slip =
        world.judged(served(line(1), HANDED_OUT), served(line(2), HANDED_OUT.minusDays(1)));

    assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
        .containsExactly(ACCEPTED, SERVICE_BEFORE_DISTRIBUTION);
    assertThat(slip.lines().get(1).on()).contains(HANDED_OUT);
  }

  @Nested
  class ExpiredAtServiceDate {
    @Test
    void aServiceOnTheChequesLastDayIsPaidAndOneTheDayAfterIsNot() {
      RedemptionWorld world = RedemptionWorld.usual();
      world.ledger.on(LAST_DAY.plusDays(1));
      SlipJudged slip =
          world.judged(served(line(1), LAST_DAY), served(line(2), LAST_DAY.plusDays(1)));

      assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
          .containsExactly(ACCEPTED, EXPIRED_AT_SERVICE_DATE);
      assertThat(slip.lines().get(1).on()).contains(LAST_DAY);
    }

    @Test
    void theEndOfTheOrderAndItsToleranceCapTheChequesLastDay() {
      Rules rules = new Rules();
      rules.validityDays = 1_000;
      RedemptionWorld world = RedemptionWorld.with(rules);
      LocalDate last = ORDER_ENDS.plusDays(30);
      world.ledger.on(last);
      assertThat(world.verdict(served(line(1), last))).isEqualTo(ACCEPTED);

      world.ledger.on(last.plusDays(1));
      SlipJudged slip = world.judged(served(line(1), last.plusDays(1)), served(line(2), last));
      assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
          .containsExactly(EXPIRED_AT_SERVICE_DATE, PRESENTED_TOO_LATE);
      assertThat(slip.lines().stream().map(l -> l.on().orElseThrow())).containsExactly(last, last);
    }

    @Test
    void theLastDayIsTheDayInParisOnTheSummerTimeChange() {
      Rules rules = new Rules();
      rules.validityDays = 27;
      RedemptionWorld world = RedemptionWorld.with(rules);
      LocalDate change = LocalDate.of(2026, 3, 29);
      assertThat(HANDED_OUT.plusDays(27)).isEqualTo(change);

      world.ledger.at(Instant.parse("2026-03-29T21:59:59Z"));
      assertThat(world.verdict(served(line(1), change))).isEqualTo(ACCEPTED);
      world.ledger.at(Instant.parse("2026-03-29T22:00:00Z"));
      assertThat(world.verdict(served(line(1), change.plusDays(1))))
          .isEqualTo(EXPIRED_AT_SERVICE_DATE);
    }

    @Test
    void anEnormousValidityDoesNotWrapAround() {
      Rules rules = new Rules();
      rules.validityDays = Integer.MAX_VALUE;
      rules.presentationWindowDays = Integer.MAX_VALUE;
      assertThat(RedemptionWorld.with(rules).verdict(line(1))).isEqualTo(ACCEPTED);
    }
  }

  @Nested
  class PresentedTooLate {
    private static final LocalDate SERVED = LocalDate.of(2026, 3, 16);
    private static final LocalDate LAST = SERVED.plusDays(60);

    private final RedemptionWorld world = RedemptionWorld.usual();

    @Test
    void aSlipOnTheLastDayOfTheWindowIsTakenAndOneAtTheNextMidnightIsNot() {
      world.ledger.at(Instant.parse("2026-05-15T21:59:59Z"));
      assertThat(world.verdict(line(1))).isEqualTo(ACCEPTED);

      world.ledger.at(Instant.parse("2026-05-15T22:00:00Z"));
      SlipJudged late = world.judged(line(1));
      assertThat(late.lines().getFirst().verdict()).isEqualTo(PRESENTED_TOO_LATE);
      assertThat(late.lines().getFirst().on()).contains(LAST);
    }

    @Test
    void theEndOfTheOrderAndItsToleranceCapTheWindow() {
      Rules rules = new Rules();
      rules.validityDays = 1_000;
      RedemptionWorld capped = RedemptionWorld.with(rules);
      LocalDate lastDay = ORDER_ENDS.plusDays(30);
      LocalDate servedOn = lastDay.minusDays(10);

      capped.ledger.on(lastDay);
      assertThat(capped.verdict(served(line(1), servedOn))).isEqualTo(ACCEPTED);
      capped.ledger.on(lastDay.plusDays(1));
      assertThat(capped.verdict(served(line(1), servedOn))).isEqualTo(PRESENTED_TOO_LATE);
    }
  }

  @Nested
  class VenueNotLabelled {
    private static final LocalDate FROM = LocalDate.of(2026, 3, 16);

    private final RedemptionWorld world = new RedemptionWorld();

    VenueNotLabelled() {
      world.ledger.given(
          signed(),
          new Rules().issue(BATCH, 0),
          activated(BATCH, 1, CHEQUES),
          handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, 50)),
          listed(VENUE, GUERET));
      world.ledger.on(LocalDate.of(2026, 4, 1));
    }

    @Test
    void aVenueThatNeverWasLabelledIsNotPaid() {
      SlipJudged slip = world.judged(line(1));
      assertThat(slip.lines().getFirst().verdict()).isEqualTo(VENUE_NOT_LABELLED_AT_SERVICE_DATE);
      assertThat(slip.lines().getFirst().on()).isEmpty();
    }

    @Test
    void aServiceOnTheFirstDayOfTheLabelIsPaidAndOneTheDayBeforeIsNot() {
      world.ledger.given(labelled(FROM));
      SlipJudged slip = world.judged(served(line(1), FROM), served(line(2), FROM.minusDays(1)));
      assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
          .containsExactly(ACCEPTED, VENUE_NOT_LABELLED_AT_SERVICE_DATE);
      assertThat(slip.lines().get(1).on()).contains(FROM);
    }

    @Test
    void aLaterDecisionDoesNotTakeAnEarlierLabelBack() {
      world.ledger.given(labelled(FROM), labelled(FROM.plusDays(5)));
      assertThat(world.verdict(served(line(1), FROM))).isEqualTo(ACCEPTED);
    }

    @Test
    void aServiceOnTheLastLabelledDayStaysPayableAfterTheWithdrawalAndOneTheDayAfterIsNot() {
      LocalDate withdrawn = FROM.plusDays(3);
      world.ledger.given(labelled(FROM), decided(LabelState.WITHDRAWN, withdrawn));
      SlipJudged slip =
          world.judged(served(line(1), withdrawn.minusDays(1)), served(line(2), withdrawn));
      assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
          .containsExactly(ACCEPTED, VENUE_NOT_LABELLED_AT_SERVICE_DATE);
      assertThat(slip.lines().get(1).on()).contains(withdrawn);
    }

    @Test
    void servicesOfASuspensionAreNotPaidAndThoseBeforeAndAfterAre() {
      world.ledger.given(
          labelled(FROM),
          decided(LabelState.SUSPENDED, FROM.plusDays(2)),
          decided(LabelState.LABELLED, FROM.plusDays(4)));
      assertThat(
              world
                  .judged(
                      served(line(1), FROM.plusDays(1)),
                      served(line(2), FROM.plusDays(2)),
                      served(line(3), FROM.plusDays(3)),
                      served(line(4), FROM.plusDays(4)))
                  .lines()
                  .stream()
                  .map(SlipJudged.Line::verdict))
          .containsExactly(
              ACCEPTED,
              VENUE_NOT_LABELLED_AT_SERVICE_DATE,
              VENUE_NOT_LABELLED_AT_SERVICE_DATE,
              ACCEPTED);
    }

    @Test
    void aDecisionOnAnotherPointOfServiceDoesNotTouchThisOne() {
      world.ledger.given(
          labelled(FROM),
          new LabelDecided(
              VENUE,
              List.of(new PointOfServiceId("elsewhere")),
              LabelState.WITHDRAWN,
              FROM,
              "CP 15",
              FROM,
              Optional.of(LabelDecided.Reason.CLOSED),
              Optional.empty()));
      assertThat(world.verdict(served(line(1), FROM))).isEqualTo(ACCEPTED);
    }

    @Test
    void theDayEndsAtMidnightInParis() {
      // 22:30 UTC on the day before: in Paris, the first day without the label has begun.
      LocalDate withdrawn = LocalDate.of(2026, 4, 1);
      world.ledger.given(labelled(FROM), decided(LabelState.WITHDRAWN, withdrawn));
      world.ledger.at(Instant.parse("2026-03-31T22:30:00Z"));
      SlipJudged slip =
          world.judged(served(line(1), withdrawn), served(line(2), withdrawn.minusDays(1)));
      assertThat(slip.lines().stream().map(SlipJudged.Line::verdict))
          .containsExactly(VENUE_NOT_LABELLED_AT_SERVICE_DATE, ACCEPTED);
    }

    private static LabelDecided decided(LabelState state, LocalDate from) {
      return new LabelDecided(
          VENUE,
          List.of(),
          state,
          from,
          "CP " + from,
          from,
          state.needsReason()
              ? Optional.of(LabelDecided.Reason.CRITERIA_NOT_MET)
              : Optional.empty(),
          Optional.empty());
    }
  }

  @Nested
  class ServiceNotEligible {
    private final RedemptionWorld world;

    ServiceNotEligible() {
      Rules rules = new Rules();
      rules.eligibleServices = List.of("Utiliser le numérique", "Créer avec le numérique");
      world = RedemptionWorld.with(rules);
    }

    @Test
    void onlyTheServicesNamedByTheProgrammeArePaid() {
      assertThat(world.verdicts(line(1), of(line(2), "Comprendre le monde numérique")))
          .containsExactly(ACCEPTED, SERVICE_NOT_ELIGIBLE);
    }

    @Test
    void eachLineIsAskedOfItsOwnServiceAndProgrammeWhateverTheLineBeforeSaid() {
      Batch other = Batch.of(8);
      Rules others = new Rules();
      others.eligibleServices = List.of("Macramé");
      world.ledger.given(
          others.issue(other, 100_000),
          activated(other, 1, CHEQUES),
          handedOut("h-2", HANDED_OUT, new ChequeRange(other, 1, CHEQUES)));
      assertThat(
              world.verdicts(
                  line(1),
                  of(line(2), "Macramé"),
                  line(3),
                  line(cheque(other, 1)),
                  of(line(cheque(other, 2)), "Macramé"),
                  of(line(4), "Macramé"),
                  line(5)))
          .containsExactly(
              ACCEPTED,
              SERVICE_NOT_ELIGIBLE,
              ACCEPTED,
              SERVICE_NOT_ELIGIBLE,
              ACCEPTED,
              SERVICE_NOT_ELIGIBLE,
              ACCEPTED);
    }

    @Test
    void spacesAroundAndTheEncodingOfAccentsDoNotMatter() {
      String decomposed = "  Utiliser le nume\u0301rique\u00a0";
      assertThat(world.verdict(of(line(1), decomposed))).isEqualTo(ACCEPTED);
    }

    @Test
    void aProgrammeThatNamesNoServicesPaysAll() {
      assertThat(RedemptionWorld.usual().verdict(of(line(1), "Macramé"))).isEqualTo(ACCEPTED);
    }
  }

  @Test
  void theTerritoryIsThatOfThePointOfServiceAndNotOfTheVenue() {
    Rules rules = new Rules();
    rules.territory = List.of(CREUSE);
    RedemptionWorld world = RedemptionWorld.with(rules);

    assertThat(world.verdicts(line(1), at(line(2), BUS), at(line(3), LYON)))
        .containsExactly(ACCEPTED, ACCEPTED, OUT_OF_TERRITORY);
    rules.territory = List.of(CREUSE, RHONE);
    assertThat(RedemptionWorld.with(rules).verdict(at(line(3), LYON))).isEqualTo(ACCEPTED);
  }

  @Nested
  class TooManyInOneVisit {
    private final RedemptionWorld world;

    TooManyInOneVisit() {
      Rules rules = new Rules();
      rules.chequesPerVisit = 2;
      world = RedemptionWorld.with(rules);
    }

    @Test
    void aThirdChequeOfOneCarnetInOneVisitIsRejected() {
      assertThat(world.verdicts(line(1), line(2), line(3)))
          .containsExactly(ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT);
    }

    @Test
    void theVisitIsCountedOverAllSlips() {
      world.redeem("S-0", line(1));
      world.redeem("S-00", line(2));
      assertThat(world.verdict(line(3))).isEqualTo(TOO_MANY_IN_ONE_VISIT);
    }

    @Test
    void earlierSlipsAndEarlierLinesCountTogether() {
      world.redeem("S-0", line(1));
      assertThat(world.verdicts(line(2), line(3))).containsExactly(ACCEPTED, TOO_MANY_IN_ONE_VISIT);
    }

    @Test
    void anotherDayOrAnotherPointOfServiceIsAnotherVisit() {
      world.redeem("S-0", line(1), line(2));
      assertThat(
              world.verdicts(served(line(3), LocalDate.of(2026, 3, 17)), at(line(4), BUS), line(5)))
          .containsExactly(ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT);
    }

    @Test
    void twoPointsOfServiceAreTwoVisitsInAVenuesFirstSlipToo() {
      assertThat(world.verdicts(line(1), line(2), at(line(3), BUS), at(line(4), BUS)))
          .containsExactly(ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED);
    }

    @Test
    void anotherServiceOnTheSameDayIsTheSameVisit() {
      assertThat(world.verdicts(line(1), of(line(2), "Autre"), of(line(3), "Autre")))
          .containsExactly(ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT);
    }

    @Test
    void theLastChequeOfACarnetAndTheFirstOfTheNextAreOfTwoCarnets() {
      assertThat(world.verdicts(line(9), line(10), line(11), line(12), line(8), line(13)))
          .containsExactly(
              ACCEPTED, ACCEPTED, ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT, TOO_MANY_IN_ONE_VISIT);
    }

    @Test
    void aRejectedChequeDoesNotCount() {
      assertThat(world.verdicts(line(forged(1)), line(2), line(3), line(4)))
          .containsExactly(BAD_CHECK_CODE, ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT);
    }

    @Test
    void zeroMeansNoLimit() {
      assertThat(RedemptionWorld.usual().verdicts(RedemptionWorld.lines(1, 10)))
          .containsOnly(ACCEPTED);
    }

    @Test
    void theLastCarnetOfABatchMayBeShort() {
      Rules rules = new Rules();
      rules.chequesPerVisit = 2;
      rules.chequeCount = 13;
      RedemptionWorld small = new RedemptionWorld();
      small.ledger.given(
          signed(),
          rules.issue(BATCH, 0),
          activated(BATCH, 1, 13),
          handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, 13)),
          listed(VENUE, GUERET),
          labelled(HANDED_OUT));
      small.ledger.on(LocalDate.of(2026, 4, 1));
      assertThat(small.verdicts(line(11), line(12), line(13)))
          .containsExactly(ACCEPTED, ACCEPTED, TOO_MANY_IN_ONE_VISIT);
    }
  }
}
