package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That credit notes give a funder out of its pre-financier's cash no more than it has repaid there,
 * and no more than the uses come to that count no more.
 *
 * <p>What it owes for other uses is not held against a note: a slip that is accepted at that moment
 * is not within the note's boundary.
 */
final class Repaid {
  private final Findings findings;

  /** By the funder's account of the chart. */
  private final Map<Account, OnUse> all = new HashMap<>();

  Repaid(Findings findings) {
    this.findings = findings;
  }

  /** What ever passed, in cents. */
  private static final class OnUse {
    /** Less the payments that were taken back. */
    private long repaid;

    /** Withdrawn or reversed, less what was lifted. */
    private long usedNoMore;

    private long given;

    private long canBeGiven() {
      return Math.max(0, Math.min(repaid, usedNoMore) - given);
    }
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
    moved.forEach(
        (funder, cents) -> {
          OnUse onUse = all.computeIfAbsent(funder, _ -> new OnUse());
          switch (type) {
            case "SlipJudged" -> {}
            case "FundsReceived", "FundsTransferred", "ReceiptTakenBack" -> onUse.repaid -= cents;
            case "CreditNoteIssued" -> give(position, fact, funder, onUse, cents);
            default -> onUse.usedNoMore -= cents;
          }
        });
  }

  private void give(long position, JsonNode fact, Account funder, OnUse onUse, long cents) {
    long most = onUse.canBeGiven();
    onUse.given += cents;
    if (cents > most) {
      findings.add(
          position,
          Check.BALANCE,
          "credit note %s gives %d cents of %s back, it had repaid %d for uses that count no more"
              .formatted(fact.path("creditNote").asString(""), cents, funder, most),
          "ask the operator for the credit note and the funder's payments");
    }
  }
}
