package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CLERK;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.REGION;
import static fr.passnumerique.clearing.settlement.SettlementWorld.SECOND_CLERK;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.cancel;
import static fr.passnumerique.clearing.settlement.SettlementWorld.part;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.release;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.CarriedOver;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SettlementCalendarTest {
  /** The first Wednesday after the world's day. */
  private static final LocalDate FROM = LocalDate.of(2026, 3, 25);

  private static final SettlementCalendar WEDNESDAYS =
      SettlementCalendar.weekly(DayOfWeek.WEDNESDAY);

  private final SettlementWorld world = new SettlementWorld();

  private static SetSettlementCalendar setting(SettlementCalendar calendar, long minimumCents) {
    return new SetSettlementCalendar(PASS, FROM, calendar, minimumCents, CLERK);
  }

  private void set(SettlementCalendar calendar, long minimumCents) {
    assertThat(world.ledger.send(setting(calendar, minimumCents)))
        .isInstanceOf(Outcome.Recorded.class);
  }

  private List<LocalDate> next(int count, LocalDate after) {
    return java.util.stream.Stream.iterate(
            world.register.calendars().next(PASS, after),
            Optional::isPresent,
            day -> world.register.calendars().next(PASS, day.orElseThrow()))
        .limit(count)
        .map(Optional::orElseThrow)
        .toList();
  }

  private static SlipJudged presented(VenueId venue, String reference, LocalDate on, long cents) {
    return new SlipJudged(
        venue,
        new SlipReference(reference),
        "digest",
        Paris.startOf(on).plus(Duration.ofHours(9)),
        List.of(),
        List.of(),
        List.of(part(PASS, STATE, cents * 6 / 10), part(PASS, REGION, cents - cents * 6 / 10)));
  }

  @Nested
  class OfAProgramme {
    @Test
    void isWeeklyOrOnDaysOfTheMonthOfWhichTheLastStandsForThoseThatAMonthHasNot() {
      set(WEDNESDAYS, 0);
      assertThat(next(2, LocalDate.of(2026, 4, 1)))
          .containsExactly(LocalDate.of(2026, 4, 8), LocalDate.of(2026, 4, 15));

      set(SettlementCalendar.monthly(31, 15), 0);
      assertThat(next(4, LocalDate.of(2026, 4, 1)))
          .containsExactly(
              LocalDate.of(2026, 4, 15),
              LocalDate.of(2026, 4, 30),
              LocalDate.of(2026, 5, 15),
              LocalDate.of(2026, 5, 31));
    }

    @Test
    void changesFromADayOnAndNotBefore() {
      set(WEDNESDAYS, 0);
      world.ledger.send(
          new SetSettlementCalendar(
              PASS, LocalDate.of(2026, 4, 9), SettlementCalendar.monthly(20), 0, CLERK));
      assertThat(next(3, LocalDate.of(2026, 3, 26)))
          .containsExactly(
              LocalDate.of(2026, 4, 1), LocalDate.of(2026, 4, 8), LocalDate.of(2026, 4, 20));
      world.ledger.send(
          new SetSettlementCalendar(
              PASS, LocalDate.of(2026, 4, 21), SettlementCalendar.any(), 0, CLERK));
      assertThat(next(3, LocalDate.of(2026, 4, 8))).containsExactly(LocalDate.of(2026, 4, 20));
    }

    @Test
    void thatNamesNoDayOrOneOfAnotherKindIsNone() {
      assertThatThrownBy(SettlementCalendar::weekly).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SettlementCalendar.monthly(0))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SettlementCalendar.monthly(32))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () ->
                  new SettlementCalendar(
                      SettlementCalendar.Every.WEEK, List.of(DayOfWeek.MONDAY), List.of(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setAgainAddsNothingAndIsSetForTomorrowAtTheEarliest() {
      set(WEDNESDAYS, 500);
      world.ledger.when(setting(WEDNESDAYS, 500)).thenAlreadyRecorded();
      world.ledger.when(setting(WEDNESDAYS, 501)).thenRecordsOne(SettlementCalendarSet.class);
      LocalDate today = LocalDate.of(2026, 3, 20);
      world
          .ledger
          .when(new SetSettlementCalendar(PASS, today, WEDNESDAYS, 0, CLERK))
          .thenRefuses(SettlementRefusal.CALENDAR_NOT_LATER)
          .saying("2026-03-21");
      world
          .ledger
          .when(new SetSettlementCalendar(PASS, today.plusDays(1), WEDNESDAYS, 0, CLERK))
          .thenRecordsOne(SettlementCalendarSet.class);
      world
          .ledger
          .when(new SetSettlementCalendar(new ProgrammeId("other"), FROM, WEDNESDAYS, 0, CLERK))
          .thenRefuses(SettlementRefusal.UNKNOWN_PROGRAMME);
    }

    @Test
    void aMinimumHasItsRangeAndNeedsACalendar() {
      world
          .ledger
          .when(setting(WEDNESDAYS, SetSettlementCalendarDecision.HIGHEST_MINIMUM_CENTS))
          .thenRecordsOne(SettlementCalendarSet.class);
      world
          .ledger
          .when(setting(WEDNESDAYS, SetSettlementCalendarDecision.HIGHEST_MINIMUM_CENTS + 1))
          .thenRefuses(SettlementRefusal.MINIMUM_OUT_OF_RANGE);
      world
          .ledger
          .when(setting(WEDNESDAYS, -1))
          .thenRefuses(SettlementRefusal.MINIMUM_OUT_OF_RANGE);
      world
          .ledger
          .when(setting(SettlementCalendar.any(), 1))
          .thenRefuses(SettlementRefusal.MINIMUM_WITHOUT_CALENDAR);
    }
  }

  @Nested
  class OpeningARun {
    @Test
    void onADayOfTheCalendarAndOnAnotherOnlyAsAnException() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      set(WEDNESDAYS, 0);
      world.begin(CUT_OFF.plusDays(1));

      world.ledger.when(run("R-1", CUT_OFF)).thenRecordsOne(SettlementRunOpened.class);
      world
          .ledger
          .when(run("R-1", CUT_OFF.plusDays(1)))
          .thenRefuses(SettlementRefusal.CUT_OFF_NOT_SCHEDULED)
          .saying("WEDNESDAY", "2026-04-02", "exceptional");
      OpenSettlementRun exceptional =
          new OpenSettlementRun(
              new SettlementRunId("R-1"),
              PASS,
              CUT_OFF.plusDays(1),
              Optional.of(RunOccasion.LATE_PAYMENT),
              CLERK);
      assertThat(world.opening(exceptional).occasion()).contains(RunOccasion.LATE_PAYMENT);
      world.ledger.send(exceptional);
      world.ledger.when(exceptional).thenAlreadyRecorded();
      world
          .ledger
          .when(new ReleaseSettlementRun(exceptional.run(), exceptional.by()))
          .thenRefuses(SettlementRefusal.SECOND_PERSON_REQUIRED)
          .saying("was opened by you");
      world
          .ledger
          .when(run("R-1", CUT_OFF.plusDays(1)))
          .thenRefuses(SettlementRefusal.RUN_ID_TAKEN);
    }

    @Test
    void withoutACalendarOrBeforeItsFirstDayOnAnyDay() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      world.begin(LocalDate.of(2026, 3, 24));
      world
          .ledger
          .when(run("R-1", LocalDate.of(2026, 3, 24)))
          .thenRecordsOne(SettlementRunOpened.class);
      set(WEDNESDAYS, 0);
      world
          .ledger
          .when(run("R-1", LocalDate.of(2026, 3, 24)))
          .thenRecordsOne(SettlementRunOpened.class);
    }

    @Test
    void isDecidedAgainWhenTheCalendarChanges() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      set(WEDNESDAYS, 0);
      world.begin(CUT_OFF);
      world
          .ledger
          .when(run("R-1"))
          .thenIsDecidedAgainAfter(
              new SettlementCalendarSet(PASS, CUT_OFF, WEDNESDAYS, 9_999, CLERK));
    }

    /** The two days of 2026 that have 23 and 25 hours. */
    @ParameterizedTest
    @CsvSource({
      "2026-03-29, 2026-03-28T22:59:59.999999Z, 2026-03-28T23:00:00Z",
      "2026-03-30, 2026-03-29T21:59:59.999999Z, 2026-03-29T22:00:00Z",
      "2026-10-25, 2026-10-24T21:59:59.999999Z, 2026-10-24T22:00:00Z",
      "2026-10-26, 2026-10-25T22:59:59.999999Z, 2026-10-25T23:00:00Z"
    })
    void theCutOffIsMidnightInParisOnTheDaysThatAreNot24HoursLongToo(
        LocalDate day, Instant lastBefore, Instant first) {
      set(SettlementCalendar.weekly(day.getDayOfWeek()), 0);
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), account(BETA, "v-2", "iban-2"));
      world.ledger.at(lastBefore).given(slip(ALPHA, "S-1", 3_000));
      world.ledger.at(first).given(new DayOpened(day), slip(BETA, "S-2", 2_000));
      tick(first.plusSeconds(5));

      SettlementRunOpened opened = world.ledger.facts(SettlementRunOpened.class).getLast();
      assertThat(opened.cutOff()).isEqualTo(first);
      assertThat(opened.transfers()).hasSize(1);
      assertThat(opened.transfers().getFirst().amountCents()).isEqualTo(3_000);
    }
  }

  private void tick(Instant now) {
    ticking(now).run();
  }

  private SettlementTick ticking(Instant now) {
    world.ledger.at(now);
    return new SettlementTick(
        world.ledger, world.register, Supplier::get, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void tick(LocalDate noonOf) {
    tick(Paris.startOf(noonOf).plus(Duration.ofHours(12)));
  }

  private List<String> opened() {
    return world.ledger.facts(SettlementRunOpened.class).stream()
        .map(run -> run.run().value())
        .toList();
  }

  @Nested
  class ByItself {
    @Test
    void theDueRunOpensOnceAndIsReleasedByAnotherThanWhoSetTheCalendar() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      set(WEDNESDAYS, 0);
      world.begin(CUT_OFF.minusDays(1));
      tick(CUT_OFF.minusDays(1));
      // 25 March is past as well: nothing had come before it but this slip.
      assertThat(opened()).containsExactly("pass-2026-03-25");
      world.ledger.send(cancel("pass-2026-03-25"));
      tick(CUT_OFF.minusDays(1));
      assertThat(opened()).hasSize(1);

      world.begin(CUT_OFF);
      tick(CUT_OFF);
      tick(CUT_OFF);
      assertThat(opened()).containsExactly("pass-2026-03-25", "pass-2026-04-01");
      SettlementRunOpened run = world.ledger.facts(SettlementRunOpened.class).getLast();
      assertThat(run.occasion()).contains(RunOccasion.SCHEDULED);
      assertThat(run.openedBy()).contains(CLERK);
      world
          .ledger
          .when(release("pass-2026-04-01", CLERK))
          .thenRefuses(SettlementRefusal.SECOND_PERSON_REQUIRED)
          .saying("was opened by the calendar that you set");
      world
          .ledger
          .when(release("pass-2026-04-01", SECOND_CLERK))
          .thenRecordsOne(SettlementRunReleased.class);
    }

    @Test
    void afterATimeInWhichNoNodeRanOnlyTheLastIsMadeUpFor() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      set(WEDNESDAYS, 0);
      world.begin(LocalDate.of(2026, 4, 17));
      tick(LocalDate.of(2026, 4, 17));
      tick(LocalDate.of(2026, 4, 17));
      assertThat(opened()).containsExactly("pass-2026-04-15");
    }

    /** A transfer of 30 € to Alpha was rejected, and the bank says that it paid it after all. */
    private void alphaMayBePaid() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      set(WEDNESDAYS, 0);
      world.begin(FROM);
      world.openAndHandOut(run("R-1", FROM));
      assertThat(world.ledger.send(reject("R-1", "R-1-1", FROM, "AC04")))
          .isInstanceOf(Outcome.Recorded.class);
      world.ledger.given(account(ALPHA, "v-2", "iban-2"));
      world.doubts.add(
          new DoubtfulTransfers.Doubt(
              new TransferId("R-1-1"), DoubtfulTransfers.Why.EXECUTION_UNEXPLAINED, "status-1"));
      world.begin(CUT_OFF);
    }

    @Test
    void itLeavesOutWhatMayBePaidAlreadyAndPaysTheRest() {
      alphaMayBePaid();
      world.ledger.given(
          account(BETA, "v-3", "iban-3"),
          presented(BETA, "S-2", FROM, 2_000),
          presented(ALPHA, "S-3", FROM, 1_000));
      world.begin(CUT_OFF.plusWeeks(1));
      tick(CUT_OFF.plusWeeks(1));
      tick(CUT_OFF.plusWeeks(1));

      assertThat(opened()).containsExactly("R-1", "pass-2026-04-08");
      SettlementRunOpened run = world.ledger.facts(SettlementRunOpened.class).getLast();
      assertThat(run.occasion()).contains(RunOccasion.SCHEDULED);
      assertThat(run.transfers())
          .extracting(SettlementRunOpened.Transfer::amountCents)
          .containsExactlyInAnyOrder(1_000L, 2_000L);
      assertThat(run.inDoubt())
          .containsExactly(
              new SettlementRunOpened.InDoubt(
                  ALPHA,
                  3_000,
                  new TransferId("R-1-1"),
                  DoubtfulTransfers.Why.EXECUTION_UNEXPLAINED,
                  "status-1"));
    }

    @Test
    void withNothingElseToPayItIsNotOpenedAndTheNextTakesItOnceNobodyDoubts(CapturedOutput log) {
      alphaMayBePaid();
      tick(CUT_OFF);
      assertThat(opened()).containsExactly("R-1");
      assertThat(log.getOut()).contains("no run of programme pass", "may be paid already");

      world.doubts.clear();
      world.begin(CUT_OFF.plusWeeks(1));
      tick(CUT_OFF.plusWeeks(1));
      assertThat(opened()).containsExactly("R-1", "pass-2026-04-08");
    }

    /** The bank's short form of the run's name is another's: only a clerk can mend that. */
    @Test
    void aRunThatIsRefusedForAnotherReasonIsToldAsAnErrorOnceAndTriedAgain(CapturedOutput log) {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      set(WEDNESDAYS, 0);
      world.begin(FROM);
      world.ledger.send(
          new OpenSettlementRun(
              new SettlementRunId("pass-2026-04-01"), PASS, FROM, Optional.empty(), CLERK));
      world.ledger.send(cancel("pass-2026-04-01"));
      world.begin(CUT_OFF);
      SettlementTick tick = ticking(Paris.startOf(CUT_OFF).plusSeconds(5));
      tick.run();
      tick.run();
      assertThat(opened()).containsExactly("pass-2026-04-01");
      assertThat(log.getOut().split("refused with RUN_ID_TAKEN", -1)).hasSize(2);
      assertThat(log.getOut()).contains("ERROR", "a clerk can open one by hand");
      world.ledger.send(run("by-hand", CUT_OFF));
      tick.run();
      assertThat(opened()).containsExactly("pass-2026-04-01", "by-hand");
    }

    @Test
    void notWhereAClerkHasOpenedItNorBeforeTheLedgerHasTheDayNorWithNothingToPay() {
      set(WEDNESDAYS, 0);
      world.begin(FROM);
      tick(FROM);
      assertThat(opened()).isEmpty();

      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000));
      tick(CUT_OFF);
      assertThat(opened()).isEmpty();
      world.begin(CUT_OFF);
      world.ledger.send(run("by-hand", CUT_OFF));
      tick(CUT_OFF);
      assertThat(opened()).containsExactly("by-hand");
      // A clerk who gives it up decides when it is tried again.
      world.ledger.send(cancel("by-hand"));
      tick(CUT_OFF);
      assertThat(opened()).containsExactly("by-hand");
    }
  }

  @Nested
  class WithAMinimum {
    private List<CarriedOver> carried(SettlementRunOpened run) {
      return run.belowMinimum();
    }

    @Test
    void whatIsBelowItIsCarriedOverAndPaidByTheNextRunAtTheLatest() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"),
          account(BETA, "v-2", "iban-2"),
          slip(ALPHA, "S-1", 2_999),
          slip(BETA, "S-2", 3_000));
      set(WEDNESDAYS, 3_000);
      world.begin(CUT_OFF);
      SettlementRunOpened first = world.opening(run("R-1"));
      assertThat(first.transfers()).hasSize(1);
      assertThat(first.transfers().getFirst().amountCents()).isEqualTo(3_000);
      assertThat(carried(first)).containsExactly(new CarriedOver(ALPHA, 2_999));
      world.ledger.send(run("R-1"));
      assertThat(world.unpaidCents(PASS)).isEqualTo(2_999);

      // Presented on 20 March, it is to be paid until 10 April: not on 16 April.
      world.begin(CUT_OFF.plusWeeks(1));
      SettlementRunOpened second = world.opening(run("R-2", CUT_OFF.plusWeeks(1)));
      assertThat(second.transfers().getFirst().amountCents()).isEqualTo(2_999);
      assertThat(carried(second)).isEmpty();
    }

    @Test
    void venuesThatShareAnIbanReachItTogether() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"),
          account(BETA, "v-2", "iban-1"),
          slip(ALPHA, "S-1", 1_500),
          slip(BETA, "S-2", 1_500));
      set(WEDNESDAYS, 3_000);
      world.begin(CUT_OFF);
      assertThat(carried(world.opening(run("R-1")))).isEmpty();
    }

    /** The next run is of 8 April and is executed on the 9th. */
    @Test
    void aLineWaitsUntilItsLastDayAndNotADayLonger() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"),
          account(BETA, "v-2", "iban-2"),
          presented(ALPHA, "S-1", LocalDate.of(2026, 3, 19), 1_000),
          presented(BETA, "S-2", LocalDate.of(2026, 3, 18), 1_000));
      set(WEDNESDAYS, 3_000);
      world.begin(CUT_OFF);
      SettlementRunOpened run = world.opening(run("R-1"));
      assertThat(carried(run)).containsExactly(new CarriedOver(ALPHA, 1_000));
      assertThat(run.transfers().getFirst().slips().getFirst().venue()).isEqualTo(BETA);
    }

    @Test
    void whatIsAllBelowItGivesNoRunUnlessItIsExceptional() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      set(WEDNESDAYS, 3_000);
      world.begin(CUT_OFF);
      world.ledger.when(run("R-1")).thenRefuses(SettlementRefusal.NOTHING_TO_PAY).saying("minimum");
      assertThat(
              world
                  .opening(
                      new OpenSettlementRun(
                          new SettlementRunId("R-1"),
                          PASS,
                          CUT_OFF,
                          Optional.of(RunOccasion.VENUE_IN_DIFFICULTY),
                          CLERK))
                  .transfers())
          .hasSize(1);
    }
  }
}
