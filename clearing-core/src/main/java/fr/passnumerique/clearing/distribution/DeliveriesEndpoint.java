package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of deliveries. A prescriber reads its own. */
@RestController
@RequestMapping("/api/deliveries")
public final class DeliveriesEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private static final Table<Deliveries.Row> TABLE =
      Table.<Deliveries.Row>of()
          .code("delivery", "Livraison", row -> row.delivery().value())
          .count("position", "Position", Deliveries.Row::position)
          .code("prescriber", "Prescripteur", row -> row.prescriber().value())
          .code("order", "Commande", row -> row.order().value())
          .code("batch", "Lot", row -> row.batch().toString())
          .code("first", "Premier chèque", row -> row.first().toString())
          .code("last", "Dernier chèque", row -> row.last().toString())
          .count("cheques", "Chèques", row -> (long) row.cheques())
          .cents("cents", "Valeur", Deliveries.Row::cents)
          .day("deliveredOn", "Livrée le", Deliveries.Row::deliveredOn);

  private final Deliveries deliveries;

  DeliveriesEndpoint(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriber")
  @Operation(
      operationId = "readDeliveries",
      summary = "The deliveries to prescribers, the newest first",
      description =
          """
          As they were recorded; what a prescriber has of them now is readHeldCarnets'. A \
          prescriber reads its own.\
          """)
  public Deliveries.Rows readDeliveries(
      Actor actor,
      @Parameter(description = "Only those to this prescriber") @RequestParam(required = false)
          @Nullable PrescriberId prescriber,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Deliveries a page, at most 1 000")
          @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return deliveries.newest(whose(actor, prescriber), before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportDeliveries",
      summary = "The deliveries of readDeliveries as a file, all of them")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.PRESCRIBER},
      owner = "prescriber")
  void exportDeliveries(
      Actor actor,
      @Parameter(description = "Only those to this prescriber") @RequestParam(required = false)
          @Nullable PrescriberId prescriber,
      TableDownload to)
      throws IOException {
    PrescriberId whose = whose(actor, prescriber);
    to.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> deliveries.newest(whose, before, LONGEST_PAGE),
                Deliveries.Rows::deliveries,
                Deliveries.Rows::next,
                row),
        "livraisons");
  }

  private @Nullable PrescriberId whose(Actor actor, @Nullable PrescriberId asked) {
    return Ownership.whose(actor, Role.PRESCRIBER, asked, PrescriberId::new, deliveries::require);
  }
}
