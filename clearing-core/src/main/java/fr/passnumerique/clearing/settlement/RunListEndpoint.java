package fr.passnumerique.clearing.settlement;

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

/** The list of settlement runs. */
@RestController
@RequestMapping("/api/settlement-runs")
final class RunListEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private static final Table<RunList.Row> TABLE =
      Table.<RunList.Row>of()
          .code("run", "Règlement", RunList.Row::run)
          .code("programme", "Dispositif", RunList.Row::programme)
          .text("stage", "État", row -> row.stage().name())
          .count("position", "Position", RunList.Row::position)
          .instant("openedAt", "Ouvert le", RunList.Row::openedAt)
          .day("executionOn", "Exécution le", row -> row.executionOn().orElse(null))
          .count("transfers", "Virements", row -> (long) row.transfers())
          .count("paid", "Payés", row -> (long) row.paid())
          .count("failed", "Rejetés ou revenus", row -> (long) row.failed())
          .count("downloads", "Téléchargements", row -> (long) row.downloads())
          .cents("amountCents", "Montant", RunList.Row::amountCents);

  private final RunList runs;

  RunListEndpoint(RunList runs) {
    this.runs = runs;
  }

  @GetMapping
  @Permit({Role.CLERK, Role.AUDITOR})
  @Operation(
      operationId = "readSettlementRuns",
      summary = "The settlement runs, the newest first, and how far each is",
      description =
          """
          `paid`: by the bank's word or its booking. `failed`: rejected or come back, and owed \
          again. What is neither waits. readSettlementRun tells all of one.\
          """)
  RunList.Rows readSettlementRuns(
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(name = "before", required = false)
          @Nullable Long before,
      @Parameter(description = "Runs a page, at most 1 000")
          @RequestParam(name = "limit", defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return runs.newest(before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportSettlementRuns",
      summary = "The settlement runs of readSettlementRuns as a file, all of them")
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportSettlementRuns(TableDownload to) throws IOException {
    to.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> runs.newest(before, LONGEST_PAGE),
                RunList.Rows::runs,
                RunList.Rows::next,
                row),
        "reglements");
  }
}
