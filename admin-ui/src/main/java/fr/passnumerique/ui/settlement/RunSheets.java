package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.settlement.RunPage;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.ui.words.Names;
import java.util.function.Supplier;

/** Finds the runs that addresses of pages name. */
final class RunSheets {
  private final SettlementRuns runs;
  private final Supplier<Names> names;

  RunSheets(SettlementRuns runs, Supplier<Names> names) {
    this.runs = runs;
    this.names = names;
  }

  /**
   * @throws Problem 404 if there is none of this name
   */
  RunPage find(String runId, RunSheet.Shown shown) {
    try {
      return runs.page(new SettlementRunId(runId), shown.after(), shown.limit())
          .orElseThrow(RunSheets::notFound);
    } catch (IllegalArgumentException _) {
      throw notFound();
    }
  }

  /**
   * @param found by what is shown
   */
  RunSheet of(RunPage found, RunSheet.Shown shown, Actor reader) {
    return RunSheet.of(found, shown, names.get(), reader);
  }

  private static Problem notFound() {
    return Problem.notFound("the settlement run");
  }
}
