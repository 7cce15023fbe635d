package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.ui.demo.RunningDemo;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Every table that the API gives as a file. */
class TakenTablesIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();

  /** Serials, references and SIRETs as texts, amounts, days and moments as that. */
  @Test
  void everyTableIsInAFrenchSpreadsheetWhatItIsForMachines() throws Exception {
    JsonNode balances = demo.json("/api/balances?groupBy=agreement,prescriber", "agent");
    JsonNode run = demo.json("/api/settlement-runs/reglement-1", "agent");
    String transfer = run.path("transfers").path(0).path("transfer").asString();
    JsonNode line =
        demo.json(
                "/api/settlement-runs/reglement-1/remittance-advice.csv?format=JSON&transfer="
                    + transfer,
                "agent")
            .path(0);
    Map<String, String> names =
        Map.of(
            "agreementId", balances.path("agreements").path(0).path("agreement").asString(),
            "prescriberId", balances.path("prescribers").path(0).path("prescriber").asString(),
            "runId", "reglement-1",
            "exportRemittanceAdvice.transfer", transfer,
            "venueId", line.path("venue").asString(),
            "exportPostings.venue", line.path("venue").asString(),
            "reference", line.path("slip").asString(),
            "serial", line.path("cheque").asString(),
            "groupBy",
                "venue,funder,agreement,programme,prescriber,fundingDepartement,spendingDepartement,flow");

    Map<String, Integer> rows =
        new TakenTables(path -> demo.text(path, whoMay(path)), names).walk();

    // No projection of the demo stands beside its rebuild; RebuildEndpointIT takes those away.
    assertThat(rows).hasSize(42).doesNotContainKey("exportRebuildDifferences");
    // Filled or emptied by what other tests of this JVM do, in whichever order: a rebuild, the last
    // exception of the bank closed.
    rows.keySet().removeAll(Set.of("exportRebuilds", "exportBankExceptions"));
    assertThat(rows.entrySet().stream().filter(row -> row.getValue() == 0).map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            // Of which nothing happens in the demo.
            "exportConflictsOfInterest", "exportDebitNotes");
  }

  /** Whoever is read about by clerks is told so to auditors alone. */
  private static String whoMay(String path) {
    return path.startsWith("/api/disclosures") ? "auditeur" : "agent";
  }
}
