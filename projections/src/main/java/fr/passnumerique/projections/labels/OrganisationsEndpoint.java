package fr.passnumerique.projections.labels;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.labels.Organisations.Organisation;
import fr.passnumerique.projections.labels.Organisations.Venue;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.ProjectionRunners;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Organisations and their venues, which everybody may know; a venue's VAT regime is its own. */
@RestController
public final class OrganisationsEndpoint {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Organisations organisations;
  private final DataSource reader;
  private final ProjectionRunners runners;
  private final Clock clock;

  OrganisationsEndpoint(
      Organisations organisations, DataSource reader, ProjectionRunners runners, Clock clock) {
    this.organisations = organisations;
    this.reader = reader;
    this.runners = runners;
    this.clock = clock;
  }

  @GetMapping("/api/organisations/{organisation}")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  @Operation(
      operationId = "readOrganisation",
      summary = "An organisation with its venues (SIRET) and the points of service of each",
      description =
          "An organisation is named by its SIREN; a venue that no SIRET identifies is an"
              + " organisation of its own, named by its RNA, its RIDET or its list's name.")
  Organisation readOrganisation(
      Actor actor,
      @PathVariable VenueId organisation,
      @Parameter(description = "Day in Paris; today if left out") @RequestParam(required = false)
          @Nullable LocalDate on,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    Organisations shown = shown(shownBefore);
    Organisation found =
        runners.present(
            () -> shown.find(organisation.value(), day(on)),
            "organisation " + organisation,
            LabelsProjection.NAME);
    return found.with(found.venues().stream().map(venue -> forWhomItIs(actor, venue)).toList());
  }

  @GetMapping("/api/venues/{venueId}")
  @Permit({Role.CLERK, Role.AUDITOR, Role.FUNDER, Role.VENUE, Role.PRESCRIBER})
  @Operation(
      operationId = "readVenue",
      summary = "One venue: its organisation, label on a day, VAT regime and points of service",
      description =
          "The VAT regime is told to clerks, auditors and the venue itself. A venue that was listed"
              + " by its RNA or RIDET and identified since keeps that name (`venue`), by which its"
              + " slips and account go; asked for by its SIRET it is told by that name. What a"
              + " committee decided of the whole venue holds for all its points of service, those"
              + " that a list adds later too, since the day of the decision (`labelSince`): a point"
              + " may so be labelled since before it was on any list. A decision that names points"
              + " holds for these alone.")
  public Venue readVenue(
      Actor actor,
      @PathVariable VenueId venueId,
      @Parameter(description = "Day in Paris; today if left out") @RequestParam(required = false)
          @Nullable LocalDate on,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore) {
    Organisations shown = shown(shownBefore);
    return forWhomItIs(
        actor,
        runners.present(
            () -> shown.findVenue(venueId.value(), day(on)),
            "venue " + venueId,
            LabelsProjection.NAME));
  }

  private Organisations shown(@Nullable RebuildId shownBefore) {
    Generation generation = new ShownBefore(shownBefore).generation(reader, LabelsProjection.NAME);
    runners.awaitHead(PATIENCE, LabelsProjection.NAME);
    return organisations.of(generation);
  }

  private static Venue forWhomItIs(Actor actor, Venue venue) {
    return switch (actor.role()) {
      case CLERK, AUDITOR -> venue;
      case VENUE -> venue.venue().equals(actor.subject()) ? venue : venue.withoutRegime();
      case FUNDER, PRESCRIBER -> venue.withoutRegime();
    };
  }

  private LocalDate day(@Nullable LocalDate on) {
    return on == null ? Paris.dayOf(clock.instant()) : on;
  }
}
