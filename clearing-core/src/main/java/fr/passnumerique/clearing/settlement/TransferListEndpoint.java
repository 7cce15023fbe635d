package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import fr.passnumerique.clearing.venues.VenueId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
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

  TransferListEndpoint(TransferList transfers) {
    this.transfers = transfers;
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
      @Parameter(description = "Only those that pay this venue, its part")
          @RequestParam(required = false)
          @Nullable VenueId venue,
      @Parameter(description = "Only those that are so far") @RequestParam(required = false)
          TransferList.@Nullable State state,
      @Parameter(description = "Only this programme's") @RequestParam(required = false)
          @Nullable ProgrammeId programme,
      @Parameter(
              description =
                  "First day of their end or, while the bank has told none, of their execution")
          @RequestParam(required = false)
          @Nullable LocalDate from,
      @Parameter(description = "Last such day, Europe/Paris") @RequestParam(required = false)
          @Nullable LocalDate to,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Transfers a page, at most 1 000")
          @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return transfers.newest(
        new TransferList.Filter(whose(actor, venue), state, programme, from, to), before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportTransfers",
      summary = "The transfers of readTransfers as a file, all of them")
  @Permit(
      value = {Role.CLERK, Role.AUDITOR, Role.VENUE},
      owner = "venue")
  void exportTransfers(
      Actor actor,
      @Parameter(description = "Only those that pay this venue, its part")
          @RequestParam(required = false)
          @Nullable VenueId venue,
      @Parameter(description = "Only those that are so far") @RequestParam(required = false)
          TransferList.@Nullable State state,
      @Parameter(description = "Only this programme's") @RequestParam(required = false)
          @Nullable ProgrammeId programme,
      @Parameter(
              description =
                  "First day of their end or, while the bank has told none, of their execution")
          @RequestParam(required = false)
          @Nullable LocalDate from,
      @Parameter(description = "Last such day, Europe/Paris") @RequestParam(required = false)
          @Nullable LocalDate to,
      TableDownload file)
      throws IOException {
    TransferList.Filter filter =
        new TransferList.Filter(whose(actor, venue), state, programme, from, to);
    file.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> transfers.newest(filter, before, LONGEST_PAGE),
                TransferList.Rows::transfers,
                TransferList.Rows::next,
                row),
        "virements");
  }

  private @Nullable VenueId whose(Actor actor, @Nullable VenueId asked) {
    return Ownership.whose(actor, Role.VENUE, asked, VenueId::new, transfers::require);
  }
}
