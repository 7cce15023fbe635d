package fr.passnumerique.projections.registers;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;
import static fr.passnumerique.clearing.access.Role.PRESCRIBER;
import static fr.passnumerique.clearing.access.Role.VENUE;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.accounts.ShownBefore;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ToldCaveats;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registers of venues and of titles as files. */
@RestController
final class RegisterExportsEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private final RegistersEndpoint registers;
  private final ProjectionRunners runners;

  RegisterExportsEndpoint(RegistersEndpoint registers, ProjectionRunners runners) {
    this.registers = registers;
    this.runners = runners;
  }

  private static final Table<StockRegister.OfBatch> STOCK =
      Table.<StockRegister.OfBatch>of()
          .code("batch", "Lot", StockRegister.OfBatch::batch)
          .code("order", "Commande", StockRegister.OfBatch::order)
          .code("programme", "Dispositif", StockRegister.OfBatch::programme)
          .text("programmeName", "Nom du dispositif", StockRegister.OfBatch::programmeName)
          .code("agreement", "Convention", StockRegister.OfBatch::agreement)
          .cents("faceValueCents", "Valeur faciale", StockRegister.OfBatch::faceValueCents)
          .day("endsOn", "À remettre jusqu’au", StockRegister.OfBatch::endsOn)
          .count("delivered", "Reçus", StockRegister.OfBatch::delivered)
          .count("handedOut", "Distribués", StockRegister.OfBatch::handedOut)
          .count("opposed", "Opposés", StockRegister.OfBatch::opposed)
          .count("returned", "Rendus", StockRegister.OfBatch::returned)
          .count("expired", "Périmés", StockRegister.OfBatch::expired)
          .count("inStock", "En stock", StockRegister.OfBatch::inStock)
          .cents("inStockCents", "Valeur en stock", StockRegister.OfBatch::inStockCents);

  @TableExport(
      path = "/api/prescribers/{prescriberId}/stock/export",
      operationId = "exportStock",
      summary = "A prescriber's register of titles as a file, a row for each batch",
      description = "The rows of readStock as of the same moment, with the position in its name.")
  @Permit(
      value = {CLERK, AUDITOR, PRESCRIBER},
      owner = "prescriberId")
  void exportStock(
      Actor actor,
      @PathVariable PrescriberId prescriberId,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    StockRegister.Stock read = registers.readStock(actor, prescriberId, when, shownBefore);
    to.send(
        ToldCaveats.beside(STOCK, read.caveats()),
        read.batches()::forEach,
        "stock-%s-%d".formatted(prescriberId, read.position()));
  }

  private static final Table<VenueRegister.Venue> VENUES =
      Table.<VenueRegister.Venue>of()
          .code("venue", "Lieu", VenueRegister.Venue::venue)
          .text("identifiedBy", "Identifié par", VenueRegister.Venue::identifiedBy)
          .text("name", "Nom", VenueRegister.Venue::name)
          .text("payable", "Payable", venue -> venue.payable() ? "oui" : "non")
          .day("labelledFrom", "Labellisé depuis", VenueRegister.Venue::labelledFrom)
          .text("labelDecision", "Décision sur le label", VenueRegister.Venue::labelDecision)
          .count("pointsOfService", "Points de service", v -> (long) v.pointsOfService().size());

  @TableExport(
      path = "/api/venues/export",
      operationId = "exportVenueRegister",
      summary = "The venues of readVenueRegister as a file, all of them",
      description =
          "As of the same moments, with the position in the name of a file of then."
              + " Points of service are exported one by one in the LaMednum standard:"
              + " exportLabelRegister.")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  void exportVenueRegister(
      @Parameter(description = "INSEE code: venues with a point of service there")
          @RequestParam(required = false)
          @Nullable Departement departement,
      @Parameter(description = "Only those labelled, or only those not")
          @RequestParam(required = false)
          @Nullable Boolean labelled,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    VenueRegister.Filter filter =
        new VenueRegister.Filter(null, departement == null ? null : departement.code(), labelled);
    VenueRegister.Page first = registers.read(filter, "", LONGEST_PAGE, when, shownBefore);
    boolean now = when.equals(WhichMoment.NOW);
    // The pages that follow are of the same position, whatever is recorded meanwhile.
    WhichMoment same = now ? when : new WhichMoment(first.position(), null, when.businessDate());
    to.send(
        ToldCaveats.beside(VENUES, first.caveats()),
        row -> {
          VenueRegister.Page page = first;
          page.venues().forEach(row);
          while (page.next() != null) {
            page = registers.read(filter, page.next(), LONGEST_PAGE, same, shownBefore);
            page.venues().forEach(row);
          }
        },
        now ? "lieux" : "lieux-" + first.position());
  }

  private record Point(String venue, VenueRegister.PointOfService point) {}

  private static final Table<Point> POINTS =
      Table.<Point>of()
          .code("venue", "Lieu", Point::venue)
          .code("id", "Point d’accueil", of -> of.point().id())
          .text("name", "Nom", of -> of.point().name())
          .text("street", "Voie", of -> of.point().street())
          .code("postcode", "Code postal", of -> of.point().postcode())
          .text("commune", "Commune", of -> of.point().commune())
          .code("communeCode", "Code INSEE de la commune", of -> of.point().communeCode())
          .code("departement", "Département de dépense", of -> of.point().departement())
          .text("itinerant", "Itinérant", of -> of.point().itinerant() ? "oui" : "non")
          .text("services", "Services", of -> String.join("|", of.point().services()));

  @TableExport(
      path = "/api/venues/{venueId}/points-of-service/export",
      operationId = "exportPointsOfService",
      summary = "A venue's points of service in the register, as a file",
      description = "As they are now, or were recorded as of the moments of readVenueRegister.")
  @Permit({CLERK, AUDITOR, FUNDER, VENUE, PRESCRIBER})
  void exportPointsOfService(
      @PathVariable VenueId venueId,
      @ModelAttribute WhichMoment when,
      @Parameter(description = ShownBefore.OF_OTHERS)
          @RequestParam(name = "shownBefore", required = false)
          @Nullable RebuildId shownBefore,
      TableDownload to)
      throws IOException {
    VenueRegister.Page one =
        runners.present(
            () ->
                Optional.of(
                        registers.read(
                            VenueRegister.Filter.of(venueId.value()), "", 1, when, shownBefore))
                    .filter(page -> !page.venues().isEmpty()),
            "venue " + venueId,
            when.equals(WhichMoment.NOW)
                ? new String[] {RegistersProjection.NAME}
                : new String[] {RegistersProjection.NAME, "labels"});
    to.send(
        ToldCaveats.beside(POINTS, one.caveats()),
        row ->
            one.venues()
                .forEach(
                    venue ->
                        venue
                            .pointsOfService()
                            .forEach(point -> row.accept(new Point(venue.venue(), point)))),
        "points-de-service-" + venueId);
  }
}
