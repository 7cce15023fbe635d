package fr.passnumerique.projections.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.VatRegime;
import fr.passnumerique.clearing.venues.VatRegimeSet;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueWaived;
import fr.passnumerique.clearing.venues.VenueWaiverEnded;
import fr.passnumerique.projections.Story;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrganisationsIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final VenueId CLUB = new VenueId("W161000119");
  private static final VenueId SEAT = new VenueId("13002526500013");
  private static final VenueId BRANCH = new VenueId("13002526500021");
  private static final LocalDate DAY = LocalDate.of(2026, 5, 1);

  private Registered registered;
  private OrganisationsEndpoint endpoint;

  @BeforeEach
  void start() throws InterruptedException {
    registered = new Registered();
    endpoint = registered.organisations();
    registered.record(
        List.of(
            Story.listed(
                SEAT,
                "Siège",
                Story.pointOfService(Story.BUS_GUERET, Story.CREUSE),
                Story.pointOfService(Story.BUS_LIMOGES, Story.HAUTE_VIENNE)),
            Story.listed(BRANCH, "Antenne", Story.pointOfService(Story.LIBRARY_DESK, Story.CREUSE)),
            new VenueListed(
                CLUB,
                IdentifiedBy.RNA,
                "Club",
                false,
                List.of(Story.pointOfService(Story.LIBRARY_DESK, Story.CREUSE)),
                Optional.empty(),
                "test"),
            new VenueLabelled(SEAT, DAY, "CP 1"),
            new VatRegimeSet(SEAT, VatRegime.FRANCHISE, DAY, "clerk-1")));
  }

  @AfterEach
  void end() {
    registered.close();
  }

  @Test
  void anOrganisationHasTheVenuesWhoseSiretsBeginWithItsSiren() {
    Organisations.Organisation found =
        endpoint.readOrganisation(CLERK, new VenueId("130025265"), DAY, null);

    assertThat(found.venues())
        .extracting(Organisations.Venue::venue)
        .containsExactly(SEAT.value(), BRANCH.value());
    assertThat(found.venues().getFirst().pointsOfService())
        .extracting(Organisations.Point::id)
        .containsExactly("bus-gueret", "bus-limoges");
    assertThat(found.venues().getFirst().pointsOfService())
        .allMatch(point -> point.label() == LabelState.LABELLED);
    assertThat(found.venues().getLast().pointsOfService()).allMatch(point -> point.label() == null);
  }

  @Test
  void thePartOfASirenNamesNoOrganisation() {
    for (String part : List.of("13002526", "1300252650", "13002526500013", "130025266")) {
      assertThat(
              catchThrowableOfType(
                  Problem.class,
                  () -> endpoint.readOrganisation(CLERK, new VenueId(part), DAY, null)))
          .as(part)
          .isNotNull();
    }
  }

  @Test
  void aVenueWithoutASiretIsAnOrganisationOfItsOwnUntilItIsIdentified() {
    Organisations.Venue before = endpoint.readVenue(CLERK, CLUB, DAY, null);
    assertThat(before.organisation()).isEqualTo(CLUB.value());
    assertThat(before.payable()).isFalse();
    assertThat(before.siret()).isNull();

    registered.record(List.<Fact>of(new VenueIdentified(CLUB, "13002526500039", "clerk-1")));

    Organisations.Venue after = endpoint.readVenue(CLERK, CLUB, DAY, null);
    assertThat(after.organisation()).isEqualTo("130025265");
    assertThat(after.formerSirets()).as("left out where there are none").isNull();
    assertThat(endpoint.readVenue(CLERK, new VenueId("13002526500039"), DAY, null))
        .as("by the SIRET, told by its name")
        .isEqualTo(after);
    assertThat(after.payable()).isTrue();
    assertThat(endpoint.readOrganisation(CLERK, new VenueId("130025265"), DAY, null).venues())
        .extracting(Organisations.Venue::venue)
        .contains(CLUB.value());
  }

  @Test
  void aCorrectedSiretIsTheVenuesAndTheFormerOneNamesNoVenue() {
    registered.record(
        List.<Fact>of(
            new VenueIdentified(CLUB, "13002526500039", "clerk-1"),
            new VenueIdentified(
                CLUB,
                "73282932000074",
                "clerk-1",
                Optional.of("13002526500039"),
                Optional.of("clerk-2"))));

    Organisations.Venue corrected = endpoint.readVenue(CLERK, CLUB, DAY, null);
    assertThat(corrected.siret()).isEqualTo("73282932000074");
    assertThat(corrected.formerSirets()).containsExactly("13002526500039");
    assertThat(corrected.organisation()).isEqualTo("732829320");
    assertThat(endpoint.readVenue(CLERK, new VenueId("73282932000074"), DAY, null))
        .isEqualTo(corrected);
    assertThat(
            catchThrowableOfType(
                Problem.class,
                () -> endpoint.readVenue(CLERK, new VenueId("13002526500039"), DAY, null)))
        .as("it names no venue any more")
        .isNotNull();
    assertThat(endpoint.readOrganisation(CLERK, new VenueId("732829320"), DAY, null).venues())
        .extracting(Organisations.Venue::venue)
        .containsExactly(CLUB.value());
    assertThat(endpoint.readOrganisation(CLERK, new VenueId("130025265"), DAY, null).venues())
        .extracting(Organisations.Venue::venue)
        .containsExactly(SEAT.value(), BRANCH.value());
  }

  @Test
  void theVatRegimeOfTheDayIsForTheVenueItselfClerksAndAuditors() {
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY, null).vatRegime())
        .isEqualTo(VatRegime.FRANCHISE);
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY.minusDays(1), null).vatRegime())
        .as("the day before")
        .isEqualTo(VatRegime.FEES_ONLY);
    Actor itself = new Actor("seat", Role.VENUE, SEAT.value());
    assertThat(endpoint.readVenue(itself, SEAT, DAY, null).vatRegime()).isNotNull();
    assertThat(endpoint.readVenue(itself, BRANCH, DAY, null).vatRegime()).isNull();
    Actor funder = new Actor("f", Role.FUNDER, "anct");
    assertThat(endpoint.readVenue(funder, SEAT, DAY, null).vatRegime()).isNull();
  }

  @Test
  void aWaiverIsToldOfTheDaysOnWhichItHolds() {
    registered.record(
        List.of(
            new VenueWaived(SEAT, DAY, "courrier", "clerk-1"),
            new VenueWaiverEnded(SEAT, DAY.plusDays(2), "courrier", "clerk-1")));
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY.minusDays(1), null).waives()).isFalse();
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY, null).waives()).isTrue();
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY.plusDays(1), null).waives()).isTrue();
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY.plusDays(2), null).waives()).isFalse();
    assertThat(endpoint.readVenue(CLERK, BRANCH, DAY, null).waives()).isFalse();

    registered.record(
        List.of(
            new VenueWaived(SEAT, DAY.plusDays(5), "courrier", "clerk-1"),
            new VenueWaiverEnded(SEAT, DAY.plusDays(3), "courrier", "clerk-1")));
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY.plusDays(1), null).waives()).isTrue();
    assertThat(endpoint.readVenue(CLERK, SEAT, DAY.plusDays(5), null).waives())
        .as("the end ends what was to begin later")
        .isFalse();

    // A waiver that begins sooner keeps the end that was recorded before.
    registered.record(
        List.of(
            new VenueWaived(BRANCH, DAY, "courrier", "clerk-1"),
            new VenueWaiverEnded(BRANCH, DAY.plusDays(9), "courrier", "clerk-1"),
            new VenueWaived(BRANCH, DAY.minusDays(5), "courrier", "clerk-1")));
    assertThat(endpoint.readVenue(CLERK, BRANCH, DAY.minusDays(6), null).waives()).isFalse();
    assertThat(endpoint.readVenue(CLERK, BRANCH, DAY.minusDays(5), null).waives()).isTrue();
    assertThat(endpoint.readVenue(CLERK, BRANCH, DAY.plusDays(8), null).waives()).isTrue();
    assertThat(endpoint.readVenue(CLERK, BRANCH, DAY.plusDays(9), null).waives()).isFalse();
  }

  @Test
  void aVenueOnNoListIsNotFound() {
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> endpoint.readVenue(CLERK, new VenueId("x"), DAY, null));
    assertThat(problem.status()).isEqualTo(404);
  }
}
