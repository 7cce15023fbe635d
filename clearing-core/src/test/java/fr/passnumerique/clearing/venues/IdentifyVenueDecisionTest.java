package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.VenueLists.listed;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.PayeeAccount;
import fr.passnumerique.clearing.payee.PayeeParts;
import fr.passnumerique.clearing.payee.PayeeRefusal;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.LabelVenues.These;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenuesImported.VenueChange;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifyVenueDecisionTest {
  private static final VenueId CLUB = new VenueId("W161000119");
  private static final VenueId OTHER = new VenueId("73282932000074");
  private static final Siret SIRET = new Siret("40109226700020");
  private static final Siret RIGHT = new Siret("13002526500039");
  private static final Siret THIRD = new Siret("35600000000048");

  private final VenueRegister register = new VenueRegister();
  private final MemoryVault vault = new MemoryVault();
  private final PayeeParts payees = new PayeeParts();
  private final DecisionFixture ledger =
      DecisionFixture.of(
          List.of(register, payees.register()),
          payees.decidersAnd(
              new ImportVenuesDecision(register),
              new IdentifyVenueDecision(register),
              new ConfirmIdentificationDecision(register),
              new DropIdentificationDecision(register),
              new LabelVenuesDecision(register)));
  private final VenueImport imports = new VenueImport(ledger, vault);

  @Test
  void aListThatKnowsTheVenueByItsSiretLeavesNothingThatAnErasureMisses() {
    apply(LaMednumList.with("pivot", "W161000119", "telephone", "+33545310000"));
    VenueId venue = ledger.facts(VenueListed.class).getFirst().venue();
    ledger.send(new IdentifyVenue(venue, SIRET, "agent-1"), Actor.ENGINE);
    apply(LaMednumList.with("pivot", SIRET.digits(), "telephone", "+33545310001"));
    assertThat(vault.entries()).isEqualTo(2);

    vault.erase(venue.value());

    assertThat(vault.entries()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "W161000119, 16292, RNA",
    "0123456.001, 98818, RIDET",
    "'', 16292, NONE",
  })
  void aVenueWithoutASiretIsListedAndLabelledAndPaidOnlyWhenItIsIdentified(
      String pivot, String commune, IdentifiedBy by) {
    apply(LaMednumList.with("pivot", pivot, "code_insee", commune));
    VenueListed listed = ledger.facts(VenueListed.class).getFirst();
    VenueId venue = listed.venue();
    assertThat(listed.identifiedBy()).isEqualTo(by);
    assertThat(listed.payable()).isFalse();
    ledger
        .when(new LabelVenues(new These(List.of(venue)), LocalDate.of(2026, 3, 1), "CP 1"))
        .thenAnswers(new VenuesLabelled(1, 0));
    ProposePayeeAccount account =
        new ProposePayeeAccount(Payee.of(venue), new VaultReference("v-9"), "f-9", "agent-1");
    ledger.when(account).thenRefuses(PayeeRefusal.VENUE_NOT_PAYABLE).saying("identifyVenue");

    ledger.send(new IdentifyVenue(venue, SIRET, "agent-1"), Actor.ENGINE);

    assertThat(register.isPayable(venue)).isTrue();
    ledger
        .when(
            new ProposePayeeAccount(
                Payee.of(SIRET.venueId()), new VaultReference("v-9"), "f-9", "agent-1"))
        .thenRefuses(PayeeRefusal.UNKNOWN_VENUE)
        .having(SIRET.digits())
        .saying("name venue " + venue);
    ledger.when(account).thenRecordsOne(VenueAccountProposed.class);
  }

  @Test
  void theSameListOnceMoreAddsNothingSinceItWasIdentified() {
    String list = LaMednumList.with("pivot", CLUB.value(), "nom", "Club");
    apply(list);
    ledger.send(new IdentifyVenue(CLUB, SIRET, "agent-1"), Actor.ENGINE);

    assertThat(apply(list).answer().changes()).isEmpty();
  }

  @Test
  void aListThatNamesItByItsSiretDescribesTheSameVenue() {
    apply(LaMednumList.with("pivot", CLUB.value(), "nom", "Club"));
    ledger.send(new IdentifyVenue(CLUB, SIRET, "agent-1"), Actor.ENGINE);

    VenueImport.Report report =
        apply(LaMednumList.with("pivot", SIRET.digits(), "nom", "Club nouveau")).answer();
    assertThat(report.changes())
        .as("by the name under which it is read")
        .containsExactly(new VenueChange(CLUB, VenuesImported.Kind.CHANGED));

    VenueListed last = ledger.facts(VenueListed.class).getLast();
    assertThat(last.venue()).isEqualTo(CLUB);
    assertThat(last.name()).isEqualTo("Club nouveau");
    assertThat(last.identifiedBy()).isEqualTo(IdentifiedBy.RNA);
    assertThat(last.payable()).isTrue();
    assertThat(register.listed(SIRET.venueId())).isNull();
  }

  @Test
  void aListThatHasItByBothNamesIsOneVenueWithThePlacesOfBoth() {
    ledger.given(listed(CLUB, "a", IdentifiedBy.RNA));
    ledger.send(new IdentifyVenue(CLUB, SIRET, "agent-1"), Actor.ENGINE);

    apply(
        new LaMednumList()
            .row("id", "x", "pivot", CLUB.value())
            .row("id", "y", "pivot", SIRET.digits())
            .csv());

    assertThat(ledger.facts(VenueListed.class).getLast().pointsOfService())
        .extracting(point -> point.id().value())
        .containsExactly("p-" + CLUB, "x", "y");
  }

  @Test
  void theSameIdentificationAgainAddsNothingAndAnotherIsRefused() {
    ledger.given(listed(CLUB, "a", IdentifiedBy.RNA));
    IdentifyVenue identification = new IdentifyVenue(CLUB, SIRET, "agent-1");
    ledger.send(identification, Actor.ENGINE);

    ledger.when(identification).thenAlreadyRecorded();
    ledger
        .when(new IdentifyVenue(CLUB, new Siret(OTHER.value()), "agent-1"))
        .thenRefuses(VenueRefusal.ALREADY_IDENTIFIED)
        .about("venueId")
        .saying(SIRET.digits(), "nothing is to be done", "replaces " + SIRET);
  }

  @Test
  void aWrongSiretIsCorrectedBySomebodyAndAnother() {
    identified();
    IdentifyVenue correction = correction(RIGHT, SIRET, "agent-1");
    ledger
        .when(correction)
        .thenRecords(
            new VenueIdentificationProposed(CLUB, RIGHT.digits(), SIRET.digits(), "agent-1"))
        .thenIsDecidedAgainAfter(listed(RIGHT.venueId(), "a"));
    ledger.must(correction);
    assertThat(register.named(SIRET.venueId())).as("in force until then").isEqualTo(CLUB);
    ledger.when(correction).thenAlreadyRecorded();

    ledger
        .when(new ConfirmIdentification(CLUB, RIGHT, "agent-1"))
        .thenRefuses(VenueRefusal.SECOND_PERSON_NEEDED)
        .about("siret");
    ConfirmIdentification confirmation = new ConfirmIdentification(CLUB, RIGHT, "agent-2");
    ledger
        .when(confirmation)
        .thenRecords(
            new VenueIdentified(
                CLUB,
                RIGHT.digits(),
                "agent-1",
                Optional.of(SIRET.digits()),
                Optional.of("agent-2")))
        .thenNeedsAnotherPersonThan("agent-1")
        .thenIsDecidedAgainAfter(listed(RIGHT.venueId(), "a"));
    ledger.must(confirmation);

    ledger.when(confirmation).thenAlreadyRecorded();
    assertThat(register.named(RIGHT.venueId())).isEqualTo(CLUB);
    assertThat(register.ofSiret(SIRET)).as("anybody's again").isNull();
    assertThat(register.isPayable(CLUB)).isTrue();
    apply(LaMednumList.with("pivot", SIRET.digits(), "nom", "Autre"));
    assertThat(register.listed(SIRET.venueId())).as("a venue of its own").isNotNull();
    account(SIRET.venueId()).thenRecordsOne(VenueAccountProposed.class);
    account(RIGHT.venueId()).thenRefuses(PayeeRefusal.UNKNOWN_VENUE).saying("name venue " + CLUB);
  }

  @Test
  void whatIsSentAgainLateAsksForNoFormerSiretBack() {
    identified();
    corrected(RIGHT, SIRET);
    long corrected = ledger.facts().size();

    ledger.when(new IdentifyVenue(CLUB, SIRET, "agent-1")).thenAlreadyRecorded().thenRecordedAt(2);
    ledger.when(correction(RIGHT, SIRET, "agent-1")).thenRecordedAt(corrected);
    corrected(THIRD, RIGHT);

    ledger
        .when(correction(RIGHT, SIRET, "agent-1"))
        .thenAlreadyRecorded()
        .thenRecordedAt(corrected);
    ledger
        .when(new ConfirmIdentification(CLUB, RIGHT, "agent-2"))
        .thenAlreadyRecorded()
        .thenRecordedAt(corrected);
    ledger
        .when(correction(SIRET, RIGHT, "agent-1"))
        .thenRefuses(VenueRefusal.ALREADY_IDENTIFIED)
        .about("replaces")
        .saying(
            "by SIRET %s and not by %s; if that is wrong, send the right one with replaces %s"
                .formatted(THIRD, RIGHT, THIRD));
    ledger
        .when(correction(SIRET, THIRD, "agent-1"))
        .thenRecordsOne(VenueIdentificationProposed.class);
  }

  @Test
  void theSiretInForceIsNoCorrection() {
    identified();

    ledger.when(correction(SIRET, SIRET, "agent-1")).thenAlreadyRecorded();
    ledger
        .when(new ConfirmIdentification(CLUB, SIRET, "agent-2"))
        .thenRefuses(VenueRefusal.IDENTIFICATION_NOT_PROPOSED);
  }

  @Test
  void whereNothingIsIdentifiedNothingIsReplaced() {
    ledger.given(listed(CLUB, "a", IdentifiedBy.RNA), listed(OTHER, "a"));

    ledger
        .when(correction(RIGHT, SIRET, "agent-1"))
        .thenRefuses(VenueRefusal.NOT_IDENTIFIED)
        .about("replaces");
    ledger
        .when(new IdentifyVenue(OTHER, RIGHT, Optional.of(new Siret(OTHER.value())), "agent-1"))
        .thenRefuses(VenueRefusal.ALREADY_IDENTIFIED);
    ledger
        .when(new ConfirmIdentification(new VenueId("W161000117"), RIGHT, "agent-2"))
        .thenRefuses(VenueRefusal.UNKNOWN_VENUE);
    ledger
        .when(new DropIdentification(new VenueId("W161000117"), RIGHT, "agent-2"))
        .thenRefuses(VenueRefusal.UNKNOWN_VENUE);
  }

  @Test
  void anotherVenuesSiretIsNeitherProposedNorConfirmed() {
    identified();
    ledger.given(listed(OTHER, "a"));
    ledger
        .when(correction(new Siret(OTHER.value()), SIRET, "agent-1"))
        .thenRefuses(VenueRefusal.SIRET_TAKEN);
    ledger.must(correction(RIGHT, SIRET, "agent-1"));

    ledger.given(listed(RIGHT.venueId(), "a"));

    ledger
        .when(new ConfirmIdentification(CLUB, RIGHT, "agent-2"))
        .thenRefuses(VenueRefusal.SIRET_TAKEN)
        .saying(RIGHT.digits());
  }

  @Test
  void oneCorrectionWaitsAtATimeAndTheOneThatWasLookedAtIsConfirmed() {
    identified();
    ledger.must(correction(RIGHT, SIRET, "agent-1"));

    ledger
        .when(correction(THIRD, SIRET, "agent-2"))
        .thenRefuses(VenueRefusal.IDENTIFICATION_PENDING)
        .saying(RIGHT.digits());
    ledger
        .when(new ConfirmIdentification(CLUB, THIRD, "agent-2"))
        .thenRefuses(VenueRefusal.IDENTIFICATION_NOT_PROPOSED)
        .saying("but " + RIGHT);
    ledger
        .when(new DropIdentification(CLUB, THIRD, "agent-2"))
        .thenRefuses(VenueRefusal.IDENTIFICATION_NOT_PROPOSED);
    DropIdentification drop = new DropIdentification(CLUB, RIGHT, "agent-1");
    ledger
        .when(drop)
        .thenRecords(
            new VenueIdentificationDropped(CLUB, RIGHT.digits(), SIRET.digits(), "agent-1"));
    ledger.must(drop);

    ledger.when(drop).thenAlreadyRecorded();
    assertThat(register.named(SIRET.venueId())).isEqualTo(CLUB);
    ledger
        .when(new ConfirmIdentification(CLUB, RIGHT, "agent-2"))
        .thenRefuses(VenueRefusal.IDENTIFICATION_NOT_PROPOSED);
    ledger
        .when(correction(THIRD, SIRET, "agent-2"))
        .thenRecordsOne(VenueIdentificationProposed.class);
  }

  @Test
  void ofAConfirmationAndADropAtTheSameMomentOneIsRecorded() {
    identified();
    ledger.must(correction(RIGHT, SIRET, "agent-1"));

    var race =
        ledger.race(
            new DropIdentification(CLUB, RIGHT, "agent-1"),
            new ConfirmIdentification(CLUB, RIGHT, "agent-2"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
  }

  private void identified() {
    ledger.given(listed(CLUB, "a", IdentifiedBy.RNA));
    ledger.must(new IdentifyVenue(CLUB, SIRET, "agent-1"));
  }

  private void corrected(Siret right, Siret wrong) {
    ledger.must(correction(right, wrong, "agent-1"));
    ledger.must(new ConfirmIdentification(CLUB, right, "agent-2"));
  }

  private static IdentifyVenue correction(Siret right, Siret wrong, String by) {
    return new IdentifyVenue(CLUB, right, Optional.of(wrong), by);
  }

  private DecisionFixture.Then<PayeeAccount> account(VenueId venue) {
    return ledger.when(
        new ProposePayeeAccount(Payee.of(venue), new VaultReference("v-9"), "f-9", "agent-1"));
  }

  @Test
  void aSiretIsOneVenues() {
    ledger.given(
        listed(CLUB, "a", IdentifiedBy.RNA),
        listed(new VenueId("W161000118"), "a", IdentifiedBy.RNA),
        listed(OTHER, "a"));

    ledger
        .when(new IdentifyVenue(CLUB, new Siret(OTHER.value()), "agent-1"))
        .thenRefuses(VenueRefusal.SIRET_TAKEN)
        .about("siret");
    ledger.send(new IdentifyVenue(CLUB, SIRET, "agent-1"), Actor.ENGINE);
    ledger
        .when(new IdentifyVenue(new VenueId("W161000118"), SIRET, "agent-1"))
        .thenRefuses(VenueRefusal.SIRET_TAKEN)
        .saying(CLUB.value());
    ledger
        .when(new IdentifyVenue(OTHER, SIRET, "agent-1"))
        .thenRefuses(VenueRefusal.ALREADY_IDENTIFIED);
    ledger
        .when(new IdentifyVenue(new VenueId("W161000117"), SIRET, "agent-1"))
        .thenRefuses(VenueRefusal.UNKNOWN_VENUE)
        .having("W161000117");
    ledger
        .when(new IdentifyVenue(SIRET.venueId(), RIGHT, "agent-1"))
        .thenRefuses(VenueRefusal.UNKNOWN_VENUE)
        .having(SIRET.digits())
        .saying("name it " + CLUB);
    account(new VenueId("W161000117")).thenRefuses(PayeeRefusal.UNKNOWN_VENUE).having("W161000117");
  }

  @Test
  void itIsDecidedAgainIfAListBringsTheSiretMeanwhile() {
    ledger
        .given(listed(CLUB, "a", IdentifiedBy.RNA))
        .when(new IdentifyVenue(CLUB, SIRET, "agent-1"))
        .thenIsDecidedAgainAfter(listed(SIRET.venueId(), "a"))
        .thenStandsAfter(listed(OTHER, "a"));
  }

  private Outcome.Recorded<VenueImport.Report> apply(String list) {
    return imports.apply(
        list,
        new VenueImport.Options(Optional.of("essai"), Set.of(), Optional.empty()),
        Actor.ENGINE);
  }
}
