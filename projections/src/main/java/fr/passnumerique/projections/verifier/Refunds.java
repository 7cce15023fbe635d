package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** That what is refunded, or comes back, is what the credit note gives, part by part. */
final class Refunds {
  private static final String REMEDY = "ask the operator for the credit note";

  private final Findings findings;
  private final Map<String, Note> notes = new HashMap<>();

  private record Note(Map<Share, Long> parts, long freeCents) {}

  Refunds(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    String name = fact.path("creditNote").asString("");
    switch (type) {
      case "CreditNoteIssued" -> notes.put(name, new Note(parts(fact), 0));
      case "CreditGivenBack" ->
          notes.put(name, new Note(Map.of(), fact.path("amountCents").asLong(0)));
      case "GiveBackCancelled" -> notes.remove(name);
      case "CreditNoteRefunded", "RefundReturned" -> {
        Note told = new Note(parts(fact), fact.path("free").path("cents").asLong(0));
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
      default -> {}
    }
  }

  private static Map<Share, Long> parts(JsonNode fact) {
    return Share.told(fact.path("parts"), false);
  }
}
