package fr.passnumerique.projections.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.venues.LabelDecided;
import fr.passnumerique.clearing.venues.LabelState;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.projections.Story;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LabelRegisterIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor FUNDER = new Actor("funder-1", Role.FUNDER, "anct");
  private static final LocalDate SUSPENDED_ON = LocalDate.of(2026, 5, 1);

  private Registered registered;
  private LabelRegisterEndpoint endpoint;
  private long labelled;

  /** Labelled since January and February; then one stop of the bus is suspended. */
  @BeforeEach
  void start() throws InterruptedException {
    registered = new Registered();
    endpoint =
        registered.endpoint(Clock.fixed(Instant.parse("2026-04-30T22:00:00Z"), ZoneOffset.UTC));
    labelled =
        registered.record(
            List.of(
                Story.listed(
                    Story.LIBRARY,
                    "Médiathèque",
                    Story.pointOfService(Story.LIBRARY_DESK, Story.CREUSE)),
                Story.listed(
                    Story.BUS,
                    "Cyberbus",
                    Story.pointOfService(Story.BUS_GUERET, Story.CREUSE),
                    Story.pointOfService(Story.BUS_LIMOGES, Story.HAUTE_VIENNE)),
                new VenueLabelled(Story.LIBRARY, LocalDate.of(2026, 1, 1), "CP 1"),
                new VenueLabelled(Story.BUS, LocalDate.of(2026, 2, 1), "CP 2")));
    registered.record(
        List.<Fact>of(
            decided(Story.BUS, List.of(Story.BUS_LIMOGES), LabelState.SUSPENDED, SUSPENDED_ON)));
  }

  @AfterEach
  void end() {
    registered.close();
  }

  @Test
  void theLastLabelledDayAndTheDayAfter() {
    assertThat(registered.points(SUSPENDED_ON.minusDays(1), LabelState.LABELLED))
        .containsExactlyInAnyOrder("gueret", "bus-gueret", "bus-limoges");
    assertThat(registered.points(SUSPENDED_ON, LabelState.LABELLED))
        .containsExactlyInAnyOrder("gueret", "bus-gueret");
    assertThat(registered.points(SUSPENDED_ON, LabelState.SUSPENDED))
        .containsExactly("bus-limoges");
  }

  @Test
  void beforeTheFirstDayOfALabelNothingIsTold() {
    assertThat(registered.points(LocalDate.of(2026, 1, 31), LabelState.LABELLED))
        .containsExactly("gueret");
    assertThat(registered.points(LocalDate.of(2025, 12, 31), LabelState.LABELLED)).isEmpty();
  }

  @Test
  void theSameDayAsItWasKnownBeforeTheSuspensionWasRecorded() {
    LabelRegister.Page then =
        endpoint.readLabelRegister(
            null, SUSPENDED_ON, labelled, null, LabelState.LABELLED, null, null, 100, null);

    assertThat(then.position()).isEqualTo(labelled);
    assertThat(then.venues())
        .flatExtracting(LabelRegister.Venue::pointsOfService)
        .extracting("id")
        .contains("bus-limoges");
  }

  @Test
  void todayBeginsAtMidnightInParis() {
    // 22:00 UTC on 30 April is midnight of 1 May in Paris.
    LabelRegister.Page page =
        endpoint.readLabelRegister(
            null, null, null, null, LabelState.SUSPENDED, null, null, 100, null);

    assertThat(page.on()).isEqualTo(SUSPENDED_ON);
    assertThat(page.venues()).hasSize(1);
  }

  @Test
  void reasonsAreForClerksAndAuditors() {
    for (Actor other : new Actor[] {null, FUNDER}) {
      assertThat(suspended(other).reason()).isNull();
    }
    assertThat(suspended(CLERK).reason()).isEqualTo(LabelDecided.Reason.CLOSED);
    assertThat(suspended(CLERK).committeeOn()).isEqualTo(SUSPENDED_ON);
  }

  private LabelRegister.Point suspended(Actor actor) {
    return endpoint
        .readLabelRegister(
            actor, SUSPENDED_ON, null, null, LabelState.SUSPENDED, null, null, 100, null)
        .venues()
        .getFirst()
        .pointsOfService()
        .getFirst();
  }

  @Test
  void pagesFollowEachOtherAndLeaveNothingOut() {
    LabelRegister.Page first =
        endpoint.readLabelRegister(null, SUSPENDED_ON, null, null, null, null, null, 1, null);
    LabelRegister.Page second =
        endpoint.readLabelRegister(
            null, SUSPENDED_ON, null, null, null, null, new VenueId(first.next()), 1, null);

    assertThat(List.of(first.venues().getFirst(), second.venues().getFirst()))
        .extracting("venue", "name")
        .containsExactlyInAnyOrder(
            tuple(Story.BUS.value(), "Cyberbus"), tuple(Story.LIBRARY.value(), "Médiathèque"));
    assertThat(second.next()).isNull();
  }

  @Test
  void aDepartementHasItsOwnPointsOfServiceOnly() {
    LabelRegister.Page page =
        endpoint.readLabelRegister(
            null, SUSPENDED_ON, null, null, null, new Departement("87"), null, 100, null);

    assertThat(page.venues())
        .flatExtracting(LabelRegister.Venue::pointsOfService)
        .extracting("id")
        .containsExactly("bus-limoges");
  }

  @Test
  void aWithdrawalRecordedLaterDoesNotChangeTheDaysBefore() {
    registered.record(
        List.<Fact>of(
            decided(Story.LIBRARY, List.of(), LabelState.WITHDRAWN, LocalDate.of(2026, 6, 1))));

    assertThat(registered.points(LocalDate.of(2026, 5, 31), LabelState.LABELLED))
        .contains("gueret");
    assertThat(registered.points(LocalDate.of(2026, 6, 1), LabelState.LABELLED))
        .doesNotContain("gueret");
  }

  @Test
  void whatIsNotRecordedYetCannotBeAsked() {
    Problem beyond =
        catchThrowableOfType(
            Problem.class,
            () ->
                endpoint.readLabelRegister(
                    null, SUSPENDED_ON, labelled + 2, null, null, null, null, 100, null));
    assertThat(beyond.code()).isEqualTo("INVALID_PARAMETER");
    assertThat(beyond).hasMessageContaining("position " + (labelled + 1));
    assertThat(
            catchThrowableOfType(
                Problem.class,
                () ->
                    endpoint.readLabelRegister(
                        null,
                        SUSPENDED_ON,
                        null,
                        Instant.now().plusSeconds(60),
                        null,
                        null,
                        null,
                        100,
                        null)))
        .isNotNull();
    assertThat(
            catchThrowableOfType(
                Problem.class,
                () ->
                    endpoint.readLabelRegister(
                        null, SUSPENDED_ON, 1L, Instant.EPOCH, null, null, null, 100, null)))
        .isNotNull();
  }

  @Test
  void beforeAnythingWasRecordedNothingWasKnown() {
    assertThat(
            endpoint
                .readLabelRegister(
                    null, SUSPENDED_ON, null, Instant.EPOCH, null, null, null, 100, null)
                .venues())
        .isEmpty();
  }

  @Test
  void theExportHasTheStandardsColumnsAndTheLabelledOfTheDay() {
    String file = registered.export(SUSPENDED_ON, "test");

    assertThat(file.lines().findFirst().orElseThrow().split(",")).hasSize(32);
    assertThat(file).contains("gueret", "bus-gueret", "|").doesNotContain("bus-limoges");
    assertThat(registered.export(SUSPENDED_ON, "another").lines()).hasSize(1);
  }

  static LabelDecided decided(
      VenueId venue, List<PointOfServiceId> points, LabelState state, LocalDate from) {
    return new LabelDecided(
        venue,
        points,
        state,
        from,
        "CP " + from,
        from,
        Optional.of(LabelDecided.Reason.CLOSED),
        Optional.empty());
  }

  @Test
  void whatNoRebuildReplacedIsNotShownBeforeIt() {
    RebuildId none = new RebuildId("none-1");
    OrganisationsEndpoint organisations = registered.organisations();
    assertThat(
            List.<ThrowingCallable>of(
                () -> endpoint.readLabelRegister(null, null, null, null, null, null, null, 1, none),
                () -> endpoint.exportLabelRegister(null, null, null, null, none),
                () -> organisations.readVenue(CLERK, Story.LIBRARY, null, none),
                () -> organisations.readOrganisation(CLERK, Story.LIBRARY, null, none)))
        .allSatisfy(
            asked ->
                assertThat(catchThrowableOfType(Problem.class, asked).code())
                    .isEqualTo("NOT_FOUND"));
  }
}
