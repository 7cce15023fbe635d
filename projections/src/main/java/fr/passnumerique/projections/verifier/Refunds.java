package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That a credit note gives what is due back of its order, and that what is refunded, or comes back,
 * is what it gives, part by part, and to the same funder.
 */
final class Refunds {
  private static final String REMEDY = "ask the operator for the credit note";

  private final Findings findings;
  private final Map<String, Note> notes = new HashMap<>();

  /** What the statement of each order says is due back. */
  private final Map<String, Map<Share, Long>> dueBack = new HashMap<>();

  private record Note(String funder, Map<Share, Long> parts, long freeCents) {}

  Refunds(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    String name = fact.path("creditNote").asString("");
    String funder = fact.path("funder").asString("");
    switch (type) {
      case "ChequesExpired" -> dueBack.put(fact.path("order").asString(""), dueBack(fact));
      case "CreditNoteIssued" -> {
        notes.put(name, new Note(funder, parts(fact), 0));
        if (fact.path("recovered").isEmpty()) {
          requireDueBack(position, name, fact);
        }
      }
      case "CreditGivenBack" ->
          notes.put(name, new Note(funder, Map.of(), fact.path("amountCents").asLong(0)));
      case "GiveBackCancelled" -> notes.remove(name);
      case "CreditNoteRefunded", "RefundReturned", "RefundTakenBack" ->
          require(position, name, fact);
      case "RefundsOrdered" -> {
        for (JsonNode transfer : fact.path("transfers")) {
          require(position, transfer.path("creditNote").asString(""), transfer);
        }
      }
      default -> {}
    }
  }

  private void require(long position, String name, JsonNode fact) {
    Note told =
        new Note(
            fact.path("funder").asString(""),
            parts(fact),
            fact.path("free").path("cents").asLong(0));
    Note note = notes.get(name);
    if (!told.equals(note)) {
      findings.add(
          position,
          Check.BALANCE,
          "credit note %s is refunded or comes back with %s and gives %s"
              .formatted(name, told, note == null ? "nothing" : note),
          REMEDY);
    }
  }

  /**
   * Each share is one funder's, or one's who advanced it, and is credited by one note, whole; but
   * what its funder had repaid goes to that funder by a note before.
   */
  private void requireDueBack(long position, String name, JsonNode fact) {
    String order = fact.path("order").asString("");
    String preFinancier = fact.path("preFinancier").asString("");
    Map<Share, Long> due = dueBack.getOrDefault(order, new HashMap<>());
    parts(fact)
        .forEach(
            (told, cents) -> {
              Share share = preFinancier.isEmpty() ? told : told.advancedBy(preFinancier);
              long of = due.getOrDefault(share, 0L);
              if (preFinancier.isEmpty() ? cents != of : cents > of) {
                findings.add(
                    position,
                    Check.BALANCE,
                    "credit note %s gives %d cents of %s, due back of order %s are %d"
                        .formatted(name, cents, share, order, of),
                    REMEDY);
              } else if (!preFinancier.isEmpty()) {
                due.put(share, of - cents);
              }
            });
  }

  private static Map<Share, Long> dueBack(JsonNode expired) {
    List<JsonNode> all = new ArrayList<>();
    expired.path("parts").forEach(part -> part.path("dueBack").forEach(all::add));
    expired.path("opposedUnreplaced").forEach(all::add);
    expired.path("waived").forEach(all::add);
    return Share.told(all, false);
  }

  private static Map<Share, Long> parts(JsonNode fact) {
    return Share.told(fact.path("parts"), false);
  }
}
