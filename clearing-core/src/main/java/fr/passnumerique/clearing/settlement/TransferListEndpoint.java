package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of credit transfers of all runs; a venue reads those that pay it, its own part. */
@RestController
@RequestMapping("/api/transfers")
final class TransferListEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private static final Table<TransferList.Row> TABLE =
      Table.<TransferList.Row>of()
          .code("transfer", "Virement", row -> row.transfer().value())
          .code("run", "Règlement", row -> row.run().value())
          .code("programme", "Dispositif", row -> row.programme().value())
          .text("state", "État", row -> row.state().name(), row -> row.state().label())
          .day("executionOn", "Exécution le", row -> row.executionOn().orElse(null))
          .day("on", "Terminé le", row -> row.on().orElse(null))
          .code("reason", "Motif", row -> row.reason().orElse(null))
          .code(
              "venues",
              "Lieux",
              row ->
                  row.venues().stream()
                      .map(venue -> venue.venue().value())
                      .collect(Collectors.joining("|")))
          .count(
              "slips",
              "Bordereaux",
              row -> row.venues().stream().mapToLong(TransferList.OfVenue::slips).sum())
          .code(
              "paidAgainBy",
              "Payé de nouveau par",
              row ->
                  row.paidAgainBy().stream()
                      .map(TransferId::value)
                      .collect(Collectors.joining("|")))
          .cents("amountCents", "Montant", TransferList.Row::amountCents);

  private final TransferList transfers;
  private final ListedVenues venues;

  TransferListEndpoint(TransferList transfers, ListedVenues venues) {
    this.transfers = transfers;
    this.venues = venues;
  }

  @GetMapping
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  @Operation(
      operationId = "readTransfers",
      summary =
          "The credit transfers of all runs, the newest first, and what the bank said of them",
      description =
          """
          `REJECTED` and `RETURNED`: its money is owed again, and `paidAgainBy` names the later \
          transfers that took lines of its slips. Transfers of a cancelled run never went to the \
          bank: readSettlementRun tells them. A venue reads those that pay it, and of one that pays \
          several on one IBAN its own part.\
          """)
  TransferList.Rows readTransfers(
      Actor actor,
      @ModelAttribute TransferList.Filter filter,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Transfers a page, at most 1 000")
          @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return transfers.newest(own(actor, filter), before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportTransfers",
      summary = "The transfers of readTransfers as a file, all of them")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  void exportTransfers(Actor actor, @ModelAttribute TransferList.Filter filter, TableDownload file)
      throws IOException {
    TransferList.Filter own = own(actor, filter);
    file.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> transfers.newest(own, before, LONGEST_PAGE),
                TransferList.Rows::transfers,
                TransferList.Rows::next,
                row),
        "virements");
  }

  private TransferList.Filter own(Actor actor, TransferList.Filter filter) {
    return filter.whose(venues.whose(actor, filter.venue()));
  }
}
