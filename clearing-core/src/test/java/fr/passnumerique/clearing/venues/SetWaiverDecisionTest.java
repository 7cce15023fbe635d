package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.VenueLists.listed;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetWaiverDecisionTest {
  private static final VenueId ONE = new VenueId("40109226700020");
  private static final VenueId TWO = new VenueId("73282932000074");
  private static final LocalDate FROM = LocalDate.of(2026, 5, 1);

  private final VenueRegister register = new VenueRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(List.of(register), List.of(new SetWaiverDecision(register)))
          .given(listed(ONE, "a"))
          .at(Instant.parse("2026-03-10T09:00:00Z"));

  @Test
  void aWaiverBeginsAndEndsByFactsOfItsOwn() {
    ledger
        .when(set(ONE, true, FROM))
        .thenRecords(new VenueWaived(ONE, FROM, letter(FROM), "agent-1"));
    ledger.send(set(ONE, true, FROM), Actor.ENGINE);
    ledger.when(set(ONE, true, FROM)).thenAlreadyRecorded();

    ledger
        .when(set(ONE, false, FROM.plusDays(1)))
        .thenRecords(
            new VenueWaiverEnded(ONE, FROM.plusDays(1), letter(FROM.plusDays(1)), "agent-1"));
    ledger.send(set(ONE, false, FROM.plusDays(1)), Actor.ENGINE);
    ledger.when(set(ONE, false, FROM.plusDays(1))).thenAlreadyRecorded();
  }

  @Test
  void aWaiverEndsOnOneOfItsDays() {
    ledger.given(new VenueWaived(ONE, FROM, "courrier", "agent-1"));

    ledger
        .when(set(ONE, false, FROM.minusDays(1)))
        .thenRefuses(VenueRefusal.NOTHING_WAIVED)
        .about("from");
    ledger
        .when(set(ONE, false, FROM))
        .thenRecords(new VenueWaiverEnded(ONE, FROM, letter(FROM), "agent-1"));
  }

  @Test
  void itBeginsAndEndsOnTheDayItIsRecordedAndNotOnTheDayBefore() {
    ledger.given(new VenueWaived(ONE, LocalDate.of(2026, 3, 1), "courrier", "agent-1"));
    for (boolean waives : new boolean[] {true, false}) {
      ledger
          .when(set(ONE, waives, LocalDate.of(2026, 3, 9)))
          .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE)
          .about("from")
          .saying("2026-03-10", "2026-03-09", "stays owed or waived");
      ledger
          .when(set(ONE, waives, LocalDate.of(2026, 3, 10)))
          .thenAnswers(new Waiver(ONE, waives, LocalDate.of(2026, 3, waives ? 1 : 10)));
    }
    ledger
        .when(set(ONE, true, LocalDate.of(2000, 1, 1)))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE);
  }

  @Test
  void theDayIsThatOfParis() {
    ledger.at(Instant.parse("2026-03-09T23:00:00Z"));
    ledger
        .when(set(ONE, true, LocalDate.of(2026, 3, 9)))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE);
    ledger.at(Instant.parse("2026-03-09T22:59:59Z"));
    ledger
        .when(set(ONE, true, LocalDate.of(2026, 3, 9)))
        .thenAnswers(new Waiver(ONE, true, LocalDate.of(2026, 3, 9)));
  }

  @Test
  void sentAgainOnALaterDayItIsAnsweredAsTheFirstTime() {
    ledger.send(set(ONE, true, FROM), Actor.ENGINE);
    ledger.on(FROM.plusDays(1));
    ledger.when(set(ONE, true, FROM)).thenAlreadyRecorded();
  }

  @Test
  void anEndEndsWhatWasToBeginLaterAndABeginningWhatWasToEndLater() {
    ledger.send(set(ONE, true, FROM), Actor.ENGINE);
    ledger.send(set(ONE, false, FROM.plusMonths(1)), Actor.ENGINE);
    ledger.send(set(ONE, true, FROM.plusMonths(2)), Actor.ENGINE);
    assertThat(register.waiver(ONE).on(FROM.plusMonths(1).minusDays(1))).isTrue();
    assertThat(register.waiver(ONE).on(FROM.plusMonths(1))).isFalse();
    assertThat(register.waiver(ONE).on(FROM.plusMonths(2))).isTrue();

    ledger.send(set(ONE, false, FROM.plusDays(15)), Actor.ENGINE);

    assertThat(register.waiver(ONE).on(FROM.plusDays(14))).isTrue();
    assertThat(register.waiver(ONE).on(FROM.plusDays(15))).isFalse();
    assertThat(register.waiver(ONE).on(FROM.plusMonths(3))).isFalse();

    ledger.send(set(ONE, true, FROM.plusDays(20)), Actor.ENGINE);
    assertThat(register.waiver(ONE).on(FROM.plusDays(19))).isFalse();
    assertThat(register.waiver(ONE).on(FROM.plusMonths(3))).isTrue();
  }

  @Test
  void aDayThatIsWaivedIsWaivedAlreadyAndTheEndThatIsAnnouncedIsNamed() {
    ledger.send(set(ONE, true, FROM), Actor.ENGINE);
    ledger
        .when(set(ONE, true, FROM.plusDays(1)))
        .thenAlreadyRecorded()
        .thenAnswers(new Waiver(ONE, true, FROM));
    ledger.send(set(ONE, false, FROM.plusDays(10)), Actor.ENGINE);

    ledger
        .when(set(ONE, true, FROM.plusDays(9)))
        .thenRefuses(VenueRefusal.WAIVER_ENDS)
        .about("from")
        .saying(FROM.plusDays(9).toString(), FROM.plusDays(10).toString());
    ledger.when(set(ONE, true, FROM)).thenAlreadyRecorded();
    ledger.send(set(ONE, true, FROM.plusDays(10)), Actor.ENGINE);
    assertThat(register.waiver(ONE).on(FROM.plusDays(10))).isTrue();
  }

  @Test
  void aWaiverThatBeginsSoonerKeepsTheEndThatWasAnnounced() {
    // Days of before could be given once, and ledgers hold it.
    LocalDate april = LocalDate.of(2025, 4, 1);
    LocalDate september = LocalDate.of(2025, 9, 1);
    ledger.given(
        new VenueWaived(ONE, april, "courrier", "agent-1"),
        new VenueWaiverEnded(ONE, september, "courrier", "agent-1"),
        new VenueWaived(ONE, april.minusMonths(1), "courrier", "agent-1"));

    WaiverPeriods periods = register.waiver(ONE);
    assertThat(periods.on(april.minusMonths(1).minusDays(1))).isFalse();
    assertThat(periods.on(april.minusMonths(1))).isTrue();
    assertThat(periods.on(april)).isTrue();
    assertThat(periods.on(september.minusDays(1))).isTrue();
    assertThat(periods.on(september)).isFalse();
  }

  @Test
  void itBeginsAtMostAYearAhead() {
    ledger
        .when(set(ONE, true, LocalDate.of(2027, 3, 11)))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE)
        .about("from");
    ledger
        .when(set(ONE, true, LocalDate.of(2027, 3, 10)))
        .thenAnswers(new Waiver(ONE, true, LocalDate.of(2027, 3, 10)));
  }

  @Test
  void aLetterThatSaysAnotherDayIsAnotherLetter() {
    ledger.send(new SetWaiver(ONE, true, FROM, "W-1", "agent-1"), Actor.ENGINE);
    for (LocalDate other : List.of(FROM.minusDays(1), FROM.plusDays(1))) {
      ledger
          .when(new SetWaiver(ONE, true, other, "W-1", "agent-1"))
          .thenRefuses(VenueRefusal.WAIVER_REUSED)
          .about("reference")
          .saying(FROM.toString(), other.toString());
    }
    // One letter may say both days of a waiver.
    ledger.send(new SetWaiver(ONE, false, FROM.plusDays(9), "W-1", "agent-1"), Actor.ENGINE);
    ledger
        .when(new SetWaiver(ONE, false, FROM.plusDays(8), "W-1", "agent-1"))
        .thenRefuses(VenueRefusal.WAIVER_REUSED);
    ledger.send(new SetWaiver(ONE, false, FROM, "W-2", "agent-1"), Actor.ENGINE);
    ledger.when(new SetWaiver(ONE, true, FROM, "W-1", "agent-1")).thenAlreadyRecorded();
  }

  @Test
  void aVenueOnNoListWaivesNothing() {
    ledger.when(set(TWO, true, FROM)).thenRefuses(VenueRefusal.UNKNOWN_VENUE);
  }

  @Test
  void itIsDecidedAgainIfAnotherWaiverIsRecordedMeanwhile() {
    ledger
        .when(set(ONE, true, FROM))
        .thenIsDecidedAgainAfter(new VenueWaived(ONE, FROM, "autre", "agent-2"))
        .thenStandsAfter(listed(TWO, "a"));
  }

  private static SetWaiver set(VenueId venue, boolean waives, LocalDate from) {
    return new SetWaiver(venue, waives, from, letter(from), "agent-1");
  }

  private static String letter(LocalDate from) {
    return "courrier pour le " + from;
  }
}
