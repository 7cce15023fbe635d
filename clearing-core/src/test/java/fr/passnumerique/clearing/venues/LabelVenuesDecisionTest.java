package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.VenueLists.listed;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.venues.LabelVenues.AllOf;
import fr.passnumerique.clearing.venues.LabelVenues.These;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelVenuesDecisionTest {
  private static final VenueId ONE = new VenueId("40109226700020");
  private static final VenueId TWO = new VenueId("73282932000074");
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  private final VenueRegister register = new VenueRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(List.of(register), List.of(new LabelVenuesDecision(register)));

  @Test
  void aDecisionLabelsTheVenuesThatItNames() {
    ledger
        .given(listed(ONE, "a"), listed(TWO, "a"))
        .when(these(DAY, "CP 12", ONE, TWO))
        .thenRecords(new VenueLabelled(ONE, DAY, "CP 12"), new VenueLabelled(TWO, DAY, "CP 12"))
        .thenAnswers(new VenuesLabelled(2, 0));
  }

  @Test
  void aVenueNamedTwiceIsLabelledOnce() {
    ledger
        .given(listed(ONE, "a"))
        .when(these(DAY, "CP 12", ONE, ONE))
        .thenRecords(new VenueLabelled(ONE, DAY, "CP 12"));
  }

  @Test
  void aVenueOnNoListRefusesTheWholeDecision() {
    ledger
        .given(listed(ONE, "a"))
        .when(these(DAY, "CP 12", ONE, TWO))
        .thenRefuses(VenueRefusal.UNKNOWN_VENUE)
        .about("venues")
        .saying(TWO.value());
  }

  @Test
  void theSameDecisionAgainAddsNothing() {
    ledger.given(listed(ONE, "a"), listed(TWO, "a"));
    ledger.send(these(DAY, "CP 12", ONE));

    ledger
        .when(these(DAY, "CP 12", ONE))
        .thenAlreadyRecorded()
        .thenAnswers(new VenuesLabelled(0, 1));
    ledger
        .when(these(DAY, "CP 12", ONE, TWO))
        .thenRecords(new VenueLabelled(TWO, DAY, "CP 12"))
        .thenAnswers(new VenuesLabelled(1, 1));
  }

  @Test
  void aVenueLabelledByAnotherDecisionOrFromAnotherDayIsToldSo() {
    ledger.given(listed(ONE, "a"), new VenueLabelled(ONE, DAY, "CP 12"));

    ledger
        .when(these(DAY.plusDays(1), "CP 12", ONE))
        .thenRefuses(VenueRefusal.ALREADY_LABELLED)
        .saying("2026-03-01", "2026-03-02", "CP 12");
    ledger
        .when(these(DAY, "CP 13", ONE))
        .thenRefuses(VenueRefusal.ALREADY_LABELLED)
        .saying("CP 13");
  }

  @Test
  void allOfASourceAreThoseItsListsDescribedAndWhoIsLabelledStaysSo() {
    ledger
        .given(
            listed(ONE, "a"),
            listed(TWO, "a"),
            listed(new VenueId("35600000063516"), "b"),
            new VenueLabelled(ONE, DAY, "CP 12"))
        .when(new LabelVenues(new AllOf("a"), DAY.plusDays(5), "CP 13"))
        .thenRecords(new VenueLabelled(TWO, DAY.plusDays(5), "CP 13"))
        .thenAnswers(new VenuesLabelled(1, 1));
  }

  @Test
  void aVenueThatAnotherListDescribedSinceIsStillOfTheFirst() {
    ledger
        .given(listed(ONE, "a"), listed(ONE, "b"))
        .when(new LabelVenues(new AllOf("a"), DAY, "CP 12"))
        .thenRecords(new VenueLabelled(ONE, DAY, "CP 12"));
  }

  @Test
  void aSourceOfNoVenueIsUnknown() {
    ledger
        .given(listed(ONE, "a"))
        .when(new LabelVenues(new AllOf("c"), DAY, "CP 12"))
        .thenRefuses(VenueRefusal.UNKNOWN_SOURCE)
        .about("source");
  }

  @Test
  void aLabelBeginsInThisCenturyAndAtMostAYearAhead() {
    ledger.given(listed(ONE, "a")).at(Instant.parse("2026-03-02T09:00:00Z"));

    ledger
        .when(these(LocalDate.of(2000, 1, 1), "CP 12", ONE))
        .thenAnswers(new VenuesLabelled(1, 0));
    ledger
        .when(these(LocalDate.of(1999, 12, 31), "CP 12", ONE))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE)
        .about("labelledFrom")
        .saying("1999-12-31", "2000-01-01");
    ledger
        .when(these(LocalDate.of(2027, 3, 2), "CP 12", ONE))
        .thenAnswers(new VenuesLabelled(1, 0));
    ledger
        .when(these(LocalDate.of(2027, 3, 3), "CP 12", ONE))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE);
    ledger
        .when(these(LocalDate.of(2126, 3, 2), "CP 12", ONE))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE);
  }

  @Test
  void theYearAheadIsCountedFromTheDayInParis() {
    ledger.given(listed(ONE, "a")).at(Instant.parse("2026-03-01T23:30:00Z"));

    ledger
        .when(these(LocalDate.of(2027, 3, 2), "CP 12", ONE))
        .thenAnswers(new VenuesLabelled(1, 0));
  }

  @Test
  void twoDecisionsAtTheSameMomentLabelAVenueOnce() {
    ledger.given(listed(ONE, "a"));

    DecisionFixture.Race<VenuesLabelled, VenuesLabelled> race =
        ledger.race(these(DAY, "CP 12", ONE), these(DAY, "CP 13", ONE));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(ledger.facts(VenueLabelled.class)).hasSize(1);
  }

  @Test
  void aVenueThatJoinsTheSourceMeanwhileIsNotPassedOver() {
    ledger
        .given(listed(ONE, "a"))
        .when(new LabelVenues(new AllOf("a"), DAY, "CP 12"))
        .thenIsDecidedAgainAfter(listed(TWO, "a"))
        .thenStandsAfter(listed(TWO, "b"));
  }

  private static LabelVenues these(LocalDate from, String decision, VenueId... venues) {
    return new LabelVenues(new These(List.of(venues)), from, decision);
  }
}
