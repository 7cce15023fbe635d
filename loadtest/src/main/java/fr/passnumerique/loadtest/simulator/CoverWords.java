package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.cover.CoverRead;
import java.util.Map;
import java.util.TreeMap;

/** Cover, as the engine shows it, in the model's words. */
final class CoverWords {
  private CoverWords() {}

  /** Owners who have nothing, owe nothing and are asked for nothing are left out. */
  static Map<String, String> told(CoverRead read) {
    Map<String, String> told = new TreeMap<>();
    for (CoverRead.Row row : read.rows()) {
      if (row.cashCents() != 0 || row.requiredCents() != 0 || row.calledCents() != 0) {
        told.put(
            row.agreement() + " " + row.funder(),
            "cash %d outstanding %d accepted %d in transit %d due back %d called %d missing %d"
                .formatted(
                    row.cashCents(),
                    row.outstandingCents(),
                    row.acceptedUnpaidCents(),
                    row.inTransitCents(),
                    row.dueBackCents(),
                    row.calledCents(),
                    row.missingCents()));
      }
    }
    CoverRead.Proof proof = read.proof();
    told.put(
        "all",
        "%s, %d breaches, %d missing, bank %d, unexplained %d, taken %d, %s"
            .formatted(
                read.state(),
                read.breaches(),
                read.total().missingCents(),
                proof.ledgerBankCents(),
                proof.unmatchedCents(),
                proof.unexplainedDebitsCents(),
                told(proof)));
    return told;
  }

  private static String told(CoverRead.Proof proof) {
    return proof.statement() == null
        ? "unproven, no statement"
        : "%s on %s: %d of %d"
            .formatted(
                proof.proven() ? "proven" : "unproven",
                proof.closingOn(),
                proof.ledgerClosingCents(),
                proof.closingCents());
  }
}
