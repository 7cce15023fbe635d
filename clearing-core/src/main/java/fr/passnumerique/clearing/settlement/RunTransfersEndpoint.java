package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import java.io.IOException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The transfers of a settlement run as a file. */
@RestController
final class RunTransfersEndpoint {
  private static final Table<SettlementRun.Order> TABLE =
      Table.<SettlementRun.Order>of()
          .code("transfer", "Virement", SettlementRun.Order::transfer)
          .code("venues", "Lieux", order -> String.join("|", order.venues()))
          .count("slips", "Bordereaux", order -> (long) order.slips().size())
          .text("state", "État", order -> order.state().name())
          .day("endedOn", "Terminé le", order -> order.endedOn().orElse(null))
          .code("reason", "Motif", order -> order.reason().orElse(null))
          .cents("lateCents", "En retard", SettlementRun.Order::lateCents)
          .cents("amountCents", "Montant", SettlementRun.Order::amountCents);

  private final SettlementRuns runs;

  RunTransfersEndpoint(SettlementRuns runs) {
    this.runs = runs;
  }

  @TableExport(
      path = "/api/settlement-runs/{runId}/transfers/export",
      operationId = "exportRunTransfers",
      summary = "The transfers of a settlement run as a file: whom they pay and where they stand",
      description =
          """
          A row for each transfer of readSettlementRun. `venues` are several, split by `|`, where \
          they share an IBAN. Their lines are told by exportRemittanceAdvice.\
          """)
  @Permit({Role.CLERK, Role.AUDITOR})
  void exportRunTransfers(@PathVariable("runId") String runId, TableDownload to)
      throws IOException {
    SettlementRun run = find(runId);
    to.send(TABLE, run.transfers()::forEach, "virements-" + run.run());
  }

  private SettlementRun find(String runId) {
    try {
      return runs.find(new SettlementRunId(runId))
          .map(SettlementRuns.Found::run)
          .orElseThrow(RunTransfersEndpoint::notFound);
    } catch (IllegalArgumentException _) {
      throw notFound();
    }
  }

  private static Problem notFound() {
    return Problem.notFound("the settlement run");
  }
}
