package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.LabelState.CANDIDATE;
import static fr.passnumerique.clearing.venues.LabelState.ELIGIBLE;
import static fr.passnumerique.clearing.venues.LabelState.LABELLED;
import static fr.passnumerique.clearing.venues.LabelState.SUSPENDED;
import static fr.passnumerique.clearing.venues.LabelState.WITHDRAWN;
import static fr.passnumerique.clearing.venues.VenueLists.listed;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.DecideLabel.About;
import fr.passnumerique.clearing.venues.LabelDecided.Reason;
import fr.passnumerique.clearing.venues.LabelVenues.AllOf;
import fr.passnumerique.clearing.venues.LabelVenues.These;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideLabelDecisionTest {
  private static final VenueId ONE = new VenueId("40109226700020");
  private static final VenueId TWO = new VenueId("73282932000074");
  private static final LocalDate MET = LocalDate.of(2026, 3, 1);
  private static final PointOfServiceId POINT = new PointOfServiceId("p-" + ONE);

  private final VenueRegister register = new VenueRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(
          List.of(register),
          List.of(new DecideLabelDecision(register), new LabelVenuesDecision(register)));

  @BeforeEach
  void listedVenues() {
    ledger.given(listed(ONE, "a"), listed(TWO, "a")).at(Instant.parse("2026-03-10T09:00:00Z"));
  }

  @Test
  void aVenueGoesFromCandidateToLabelledAndBackAgain() {
    LocalDate day = MET;
    for (LabelState state :
        List.of(
            CANDIDATE, ELIGIBLE, LABELLED, SUSPENDED, LABELLED, WITHDRAWN, CANDIDATE, ELIGIBLE)) {
      ledger.send(decide("CP " + day, state, day, ONE), Actor.ENGINE);
      day = day.plusDays(1);
    }

    assertThat(ledger.facts(LabelDecided.class)).hasSize(8);
    LabelHistory label = register.label(ONE);
    assertThat(Stream.of(0, 1, 2, 3, 4, 5, 6).map(i -> label.isLabelled(POINT, MET.plusDays(i))))
        .containsExactly(false, false, true, false, true, false, false);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ELIGIBLE, CANDIDATE",
    "'', LABELLED, CANDIDATE",
    "'', SUSPENDED, CANDIDATE",
    "'', WITHDRAWN, CANDIDATE",
    "CANDIDATE, CANDIDATE, ELIGIBLE",
    "CANDIDATE, LABELLED, ELIGIBLE",
    "CANDIDATE, SUSPENDED, ELIGIBLE",
    "ELIGIBLE, CANDIDATE, LABELLED",
    "ELIGIBLE, SUSPENDED, LABELLED",
    "LABELLED, CANDIDATE, SUSPENDED",
    "LABELLED, ELIGIBLE, SUSPENDED",
    "LABELLED, LABELLED, SUSPENDED",
    "SUSPENDED, SUSPENDED, LABELLED",
    "SUSPENDED, ELIGIBLE, LABELLED",
    "WITHDRAWN, LABELLED, CANDIDATE",
    "WITHDRAWN, SUSPENDED, CANDIDATE",
    "WITHDRAWN, WITHDRAWN, CANDIDATE",
  })
  void aStepThatTheLabelsLifeDoesNotKnowIsRefusedNamingOneItDoes(
      String before, LabelState wanted, String told) {
    if (!before.isEmpty()) {
      ledger.given(decided("CP 1", LabelState.valueOf(before), MET, ONE));
    }

    ledger
        .when(decide("CP 2", wanted, MET.plusDays(1), ONE))
        .thenRefuses(VenueRefusal.LABEL_STEP_NOT_ALLOWED)
        .about("state")
        .saying(told);
  }

  @Test
  void theSameDecisionAgainAddsNothingAndWithOtherContentsIsRefused() {
    DecideLabel decision = decide("CP 12", CANDIDATE, MET, ONE);
    ledger.send(decision, Actor.ENGINE);
    ledger.given(decided("CP 13", ELIGIBLE, MET.plusDays(1), ONE));

    ledger.when(decision).thenAlreadyRecorded().thenAnswers(new LabelsDecided(0, 1));
    ledger
        .when(decide("CP 12", CANDIDATE, MET.plusDays(2), ONE))
        .thenRefuses(VenueRefusal.DECISION_REUSED)
        .about("decision");
    ledger
        .when(decide("CP 12", CANDIDATE, MET, ONE, TWO))
        .thenRecords(decided("CP 12", CANDIDATE, MET, TWO))
        .thenAnswers(new LabelsDecided(1, 1));
  }

  @Test
  void allVenuesOrNone() {
    ledger.given(decided("CP 1", CANDIDATE, MET, ONE));

    ledger
        .when(decide("CP 2", ELIGIBLE, MET, ONE, TWO))
        .thenRefuses(VenueRefusal.LABEL_STEP_NOT_ALLOWED)
        .saying(TWO.value());
    ledger
        .when(decide("CP 2", ELIGIBLE, MET, ONE, new VenueId("35600000063516")))
        .thenRefuses(VenueRefusal.UNKNOWN_VENUE);
  }

  @Test
  void aWithdrawalHoldsFromTheCommitteesDayAndNotFromTheDayBefore() {
    ledger.given(new VenueLabelled(ONE, LocalDate.of(2026, 1, 1), "CP 1"));

    ledger
        .when(decide("CP 2", WITHDRAWN, MET, ONE))
        .thenRecords(decided("CP 2", WITHDRAWN, MET, ONE));
    ledger
        .when(
            new DecideLabel(
                "CP 2",
                MET,
                WITHDRAWN,
                MET.minusDays(1),
                Optional.of(Reason.FRAUD),
                List.of(about(ONE))))
        .thenRefuses(VenueRefusal.LABEL_TAKEN_BACK)
        .about("from");
  }

  @Test
  void aReasonGoesWithWhatTakesALabelAndWithNothingElse() {
    ledger.given(new VenueLabelled(ONE, LocalDate.of(2026, 1, 1), "CP 1"));

    ledger
        .when(new DecideLabel("CP 2", MET, SUSPENDED, MET, Optional.empty(), List.of(about(ONE))))
        .thenRefuses(VenueRefusal.REASON_REQUIRED)
        .about("reason");
    ledger
        .when(
            new DecideLabel(
                "CP 2", MET, CANDIDATE, MET, Optional.of(Reason.OTHER), List.of(about(TWO))))
        .thenRefuses(VenueRefusal.REASON_REQUIRED);
  }

  @Test
  void aCommitteeHasMetAndADecisionHoldsAtMostAYearAhead() {
    LocalDate today = LocalDate.of(2026, 3, 10);
    ledger
        .when(
            new DecideLabel("CP 2", today, CANDIDATE, today, Optional.empty(), List.of(about(ONE))))
        .thenAnswers(new LabelsDecided(1, 0));
    ledger
        .when(
            new DecideLabel(
                "CP 2", today.plusDays(1), CANDIDATE, today, Optional.empty(), List.of(about(ONE))))
        .thenRefuses(VenueRefusal.COMMITTEE_OUT_OF_RANGE);
    ledger
        .when(decide("CP 2", CANDIDATE, today.plusYears(1).plusDays(1), ONE))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE);
  }

  @Test
  void aLaterDecisionHoldsFromTheEarlierOnesDayOrLater() {
    ledger.given(decided("CP 1", CANDIDATE, MET.plusDays(4), ONE));

    ledger
        .when(decide("CP 2", ELIGIBLE, MET.plusDays(3), ONE))
        .thenRefuses(VenueRefusal.LABEL_OUT_OF_ORDER)
        .saying("CP 1");
    ledger
        .when(decide("CP 2", ELIGIBLE, MET.plusDays(4), ONE))
        .thenAnswers(new LabelsDecided(1, 0));
  }

  @Test
  void ofDecisionsForOneDayTheLastCounts() {
    ledger.given(new VenueLabelled(ONE, MET, "CP 1"), decided("CP 2", WITHDRAWN, MET, ONE));

    assertThat(register.label(ONE).isLabelled(POINT, MET)).isFalse();
    assertThat(register.label(ONE).explains(POINT, MET)).contains(MET);
  }

  @Test
  void oneStopOfABusIsSuspendedAndTheOthersStayLabelled() {
    ledger.given(new VenueLabelled(ONE, LocalDate.of(2026, 1, 1), "CP 1"));
    DecideLabel decision =
        new DecideLabel(
            "CP 2",
            MET,
            SUSPENDED,
            MET,
            Optional.of(Reason.CLOSED),
            List.of(new About(ONE, List.of(POINT), Optional.empty())));
    ledger.send(decision, Actor.ENGINE);

    assertThat(register.label(ONE).isLabelled(POINT, MET)).isFalse();
    assertThat(register.label(ONE).isLabelled(new PointOfServiceId("another"), MET)).isTrue();
    assertThat(register.label(ONE).isLabelled(null, MET)).as("the venue as a whole").isTrue();
    ledger
        .when(
            new DecideLabel(
                "CP 3",
                MET,
                WITHDRAWN,
                MET,
                Optional.of(Reason.CLOSED),
                List.of(new About(ONE, List.of(new PointOfServiceId("no")), Optional.empty()))))
        .thenRefuses(VenueRefusal.UNKNOWN_POINT_OF_SERVICE)
        .about("pointsOfService");
  }

  @Test
  void whoLostTheLabelIsNotLabelledAgainInPassing() {
    ledger.given(
        new VenueLabelled(ONE, LocalDate.of(2026, 1, 1), "CP 1"),
        decided("CP 2", WITHDRAWN, MET, ONE),
        decided("CP 3", CANDIDATE, MET, TWO));

    ledger
        .when(new LabelVenues(new AllOf("a"), MET.plusDays(1), "CP 4"))
        .thenRecords(new VenueLabelled(TWO, MET.plusDays(1), "CP 4"));
    ledger
        .when(new LabelVenues(new These(List.of(ONE)), MET.plusDays(1), "CP 4"))
        .thenRefuses(VenueRefusal.ALREADY_LABELLED);
    ledger
        .when(new LabelVenues(new These(List.of(TWO)), MET.minusDays(1), "CP 4"))
        .thenRefuses(VenueRefusal.LABEL_OUT_OF_ORDER)
        .about("labelledFrom");
  }

  @Test
  void aDecisionIsTakenAgainIfTheLabelOrTheVenueChangesMeanwhile() {
    ledger
        .given(decided("CP 1", CANDIDATE, MET, ONE))
        .when(decide("CP 2", ELIGIBLE, MET, ONE))
        .thenIsDecidedAgainAfter(decided("CP 3", WITHDRAWN, MET, ONE), listed(ONE, "b"))
        .thenStandsAfter(decided("CP 3", CANDIDATE, MET, TWO));
  }

  @Test
  void aDryRunComparesEverythingButTheNoteThatItDoesNotSeal() {
    DecideLabel with = noted(new VaultReference("v1"));
    ledger.send(with, Actor.ENGINE);

    ledger.when(noted(VaultReference.UNSEALED)).thenAlreadyRecorded();
    ledger.when(noted(new VaultReference("v2"))).thenRefuses(VenueRefusal.DECISION_REUSED);
  }

  private static DecideLabel noted(VaultReference note) {
    return new DecideLabel(
        "CP 9",
        MET,
        CANDIDATE,
        MET,
        Optional.empty(),
        List.of(new About(ONE, List.of(), Optional.of(note))));
  }

  private static About about(VenueId venue) {
    return new About(venue, List.of(), Optional.empty());
  }

  private static Optional<Reason> reason(LabelState state) {
    return state.needsReason() ? Optional.of(Reason.CRITERIA_NOT_MET) : Optional.empty();
  }

  private static DecideLabel decide(
      String decision, LabelState state, LocalDate from, VenueId... venues) {
    return new DecideLabel(
        decision,
        MET,
        state,
        from,
        reason(state),
        Stream.of(venues).map(DecideLabelDecisionTest::about).toList());
  }

  private static LabelDecided decided(
      String decision, LabelState state, LocalDate from, VenueId venue) {
    return decide(decision, state, from, venue).of(about(venue));
  }
}
