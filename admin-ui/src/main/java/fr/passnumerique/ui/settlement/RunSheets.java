package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;

/** Finds the runs that addresses of pages name. */
final class RunSheets {
  private final SettlementRuns runs;
  private final LedgerReader ledger;
  private final Supplier<Names> names;

  RunSheets(SettlementRuns runs, LedgerReader ledger, Supplier<Names> names) {
    this.runs = runs;
    this.ledger = ledger;
    this.names = names;
  }

  /**
   * @throws Problem 404 if there is none of this name
   */
  SettlementRuns.Found find(String runId) {
    try {
      return runs.find(new SettlementRunId(runId)).orElseThrow(RunSheets::notFound);
    } catch (IllegalArgumentException _) {
      throw notFound();
    }
  }

  /**
   * @param after how many of its transfers come before those that are told
   * @param limit how many are told
   */
  RunSheet of(SettlementRuns.Found found, int after, int limit, Actor reader) {
    return RunSheet.of(
        found.run(),
        ledger.read(found.position() - 1, 1).getFirst(),
        names.get()::venue,
        after,
        limit,
        reader);
  }

  private static Problem notFound() {
    return Problem.notFound("the settlement run");
  }
}
