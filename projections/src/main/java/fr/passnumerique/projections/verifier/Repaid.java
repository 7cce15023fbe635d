package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That a credit note gives a funder out of its pre-financier's cash no more than it had repaid for
 * uses that count no more: what it owes for used cheques is below zero by as much before the note,
 * and not above zero after it.
 */
final class Repaid {
  private final Findings findings;

  /** What each funder owes on use, by its account of the chart. */
  private final Map<Account, Long> owed = new HashMap<>();

  Repaid(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param entries the fact's
   */
  void check(long position, String type, JsonNode fact, List<Entry> entries) {
    Map<Account, Long> moved = new HashMap<>();
    for (Entry entry : entries) {
      if (entry.account().kind().equals("ON_USE_CLAIM")) {
        moved.merge(entry.account(), entry.cents(), Math::addExact);
      }
    }
    boolean note = type.equals("CreditNoteIssued");
    moved.forEach(
        (funder, cents) -> {
          long before = owed.getOrDefault(funder, 0L);
          owed.merge(funder, cents, Math::addExact);
          if (note && cents > Math.max(0, -before)) {
            findings.add(
                position,
                Check.BALANCE,
                "credit note %s gives %d cents of %s back, it had repaid %d for uses that count no more"
                    .formatted(
                        fact.path("creditNote").asString(""), cents, funder, Math.max(0, -before)),
                "ask the operator for the credit note and the funder's payments");
          }
        });
  }
}
