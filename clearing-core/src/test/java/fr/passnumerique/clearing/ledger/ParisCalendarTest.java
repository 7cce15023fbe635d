package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParisCalendarTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03-28T22:59:59.999999Z, 2026-03-28",
    "2026-03-28T23:00:00Z, 2026-03-29",
    "2026-03-29T21:59:59.999999Z, 2026-03-29",
    "2026-03-29T22:00:00Z, 2026-03-30",
    "2026-10-25T22:59:59.999999Z, 2026-10-25",
    "2026-10-25T23:00:00Z, 2026-10-26"
  })
  void aDayBeginsAtMidnightInParisOnTheDaysThatAreNot24HoursLongToo(
      Instant instant, LocalDate day) {
    assertThat(Paris.dayOf(instant)).isEqualTo(day);
  }

  @ParameterizedTest
  @CsvSource({"2026-03-29, 23", "2026-03-30, 24", "2026-10-25, 25"})
  void aDayHas23Or25HoursWhenTheClocksChange(LocalDate day, long hours) {
    assertThat(Duration.between(Paris.startOf(day), Paris.startOf(day.plusDays(1))))
        .isEqualTo(Duration.ofHours(hours));
  }

  @Test
  void aDayIsRecordedOnceHoweverOftenItIsOpened() {
    Days days = new Days();
    DecisionFixture ledger =
        DecisionFixture.of(List.of(days), List.of(days)).on(LocalDate.of(2026, 3, 31));
    ParisCalendar calendar =
        new ParisCalendar(
            ledger, Clock.fixed(Instant.parse("2026-03-29T22:00:00Z"), ZoneOffset.UTC));
    calendar.openToday();
    calendar.openToday();
    ledger.when(new OpenDay(LocalDate.of(2026, 3, 31))).thenRecordsOne(DayOpened.class);
    assertThat(ledger.send(new OpenDay(LocalDate.of(2026, 3, 30)), Actor.ENGINE))
        .isInstanceOfSatisfying(
            Outcome.Recorded.class, outcome -> assertThat(outcome.already()).isTrue());
  }

  /** By a clock that was set back between the tick and the command. */
  @Test
  void aDayThatHasNotBegunIsNotOpened() {
    Days days = new Days();
    DecisionFixture ledger =
        DecisionFixture.of(List.of(days), List.of(days)).on(LocalDate.of(2026, 3, 30));
    ledger.when(new OpenDay(LocalDate.of(2026, 3, 30))).thenRecordsOne(DayOpened.class);
    assertThat(ledger.send(new OpenDay(LocalDate.of(2026, 3, 31)), Actor.ENGINE))
        .isInstanceOfSatisfying(
            Outcome.Recorded.class, outcome -> assertThat(outcome.already()).isTrue());
    ledger
        .on(LocalDate.of(2026, 3, 31))
        .when(new OpenDay(LocalDate.of(2026, 3, 31)))
        .thenRecordsOne(DayOpened.class);
  }

  /** The scheduler drops a task that throws: one bad tick would be the last. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTickThatFailsIsNotTheLast(boolean unavailable) {
    Commands broken =
        new Commands() {
          @Override
          public <A> Outcome<A> send(Command<A> command, Actor by) {
            throw unavailable
                ? new LedgerUnavailableException("not now")
                : new IllegalStateException("a bug");
          }

          @Override
          public <A> Outcome<A> rehearse(Command<A> command) {
            throw new UnsupportedOperationException();
          }
        };
    assertThatNoException()
        .isThrownBy(() -> new ParisCalendar(broken, Clock.systemUTC()).openToday());
  }
}
