package fr.passnumerique.projections.verifier;

import tools.jackson.databind.JsonNode;

/** That what a fact gives as a total is the sum of its parts. */
final class Totals {
  private final Findings findings;

  Totals(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    switch (type) {
      case "TransferConfirmed",
          "TransferExecuted",
          "TransferDebited",
          "TransferDebitTakenBack",
          "TransferExecutionTakenBack",
          "TransferRejected",
          "TransferReturned",
          "TransferReinstated" -> {
        compare(position, "amountCents", cents(fact), spent(fact.path("parts")));
        nettings(position, fact);
      }
      case "SettlementRunOpened", "SettlementRunContinued" -> {
        for (JsonNode transfer : fact.path("transfers")) {
          compare(
              position,
              "amountCents of transfer " + transfer.path("transfer").asString(""),
              cents(transfer),
              spent(transfer.path("parts")));
        }
        nettings(position, fact);
      }
      case "SettlementRunReleased", "SettlementRunCancelled" -> nettings(position, fact);
      case "CreditNoteIssued", "CreditNoteRefunded", "RefundReturned", "RefundTakenBack" ->
          compare(position, "amountCents", cents(fact), credited(fact));
      case "RefundsOrdered" -> {
        for (JsonNode transfer : fact.path("transfers")) {
          compare(position, "amountCents", cents(transfer), credited(transfer));
        }
      }
      case "DebitNotePaid", "DebitNotePaymentTakenBack" -> {
        long lines = 0;
        for (JsonNode line : fact.path("lines")) {
          lines = Math.addExact(lines, sum(line.path("parts")));
        }
        compare(position, "cents", fact.path("cents").asLong(0), lines);
      }
      default -> {}
    }
  }

  /** A venue's lines are paid with as much as it owes, or money appears. */
  private void nettings(long position, JsonNode fact) {
    for (JsonNode netting : fact.path("nettings")) {
      compare(
          position,
          "what is netted for venue " + netting.path("venue").asString(""),
          sum(netting.path("paid")),
          sum(netting.path("recovered")));
    }
  }

  private static long cents(JsonNode node) {
    return node.path("amountCents").asLong(0);
  }

  /** Of a credit note: what was in cheques, and what was in none. */
  private static long credited(JsonNode note) {
    return Math.addExact(sum(note.path("parts")), note.path("free").path("cents").asLong(0));
  }

  private static long spent(JsonNode parts) {
    long sum = 0;
    for (JsonNode part : parts) {
      sum = Math.addExact(sum, part.path("spent").path("cents").asLong(0));
    }
    return sum;
  }

  static long sum(JsonNode parts) {
    long sum = 0;
    for (JsonNode part : parts) {
      sum = Math.addExact(sum, part.path("cents").asLong(0));
    }
    return sum;
  }

  private void compare(long position, String what, long told, long summed) {
    if (told != summed) {
      findings.add(
          position,
          Check.BALANCE,
          "%s is %d, its parts sum to %d".formatted(what, told, summed),
          "one of the amounts was changed: ask the operator for the document");
    }
  }
}
