package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * That supplementary credit notes give what the reversed lines come to that they name, each line's
 * share once.
 *
 * <p>A share that is paid on use may go partly to its funder, as far as it had repaid it, and for
 * the rest to who advanced it, by two notes: so what is too little is said after the last of the
 * notes that one decision issues.
 */
final class Recoveries {
  private final Findings findings;

  /** By reversal and cheque, until the reversal is lifted. */
  private final Map<String, Map<String, Map<Share, Long>>> reversed = new HashMap<>();

  private final Map<Key, Long> due = new HashMap<>();
  private final Map<Key, Long> credited = new HashMap<>();
  private final Set<String> counted = new HashSet<>();

  /** Where each sum was credited that does not come out yet. */
  private final Map<Key, Long> open = new HashMap<>();

  /** First position whose row is not here as it was written; 0 if none is known. */
  private long lost;

  private record Key(String order, Share share) {}

  Recoveries(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    boolean note = type.equals("CreditNoteIssued") && !fact.path("recovered").isEmpty();
    if (!note) {
      end();
    }
    switch (type) {
      case "LinesReversed" -> reverse(fact);
      case "ReversalLifted" -> reversed.remove(fact.path("reversal").asString(""));
      case "CreditNoteIssued" -> {
        if (note) {
          credit(position, fact);
        }
      }
      default -> {}
    }
  }

  /** As in {@link Bookings#lost}: it may have been the last of the notes. */
  void lost(long position) {
    if (lost == 0) {
      lost = position;
    }
  }

  /** What is too little by now stays too little. */
  void end() {
    open.forEach((key, position) -> tell(Math.max(position, lost), key));
    open.clear();
  }

  private void reverse(JsonNode fact) {
    Map<String, Map<Share, Long>> lines =
        reversed.computeIfAbsent(fact.path("reversal").asString(""), _ -> new HashMap<>());
    for (JsonNode line : fact.path("lines")) {
      lines.put(line.path("cheque").asString(""), shares(line.path("parts")));
    }
  }

  private void credit(long position, JsonNode note) {
    String order = note.path("order").asString("");
    Map<Share, Long> given = shares(note.path("parts"));
    for (JsonNode line : note.path("recovered")) {
      String cheque = line.path("cheque").asString("");
      reversed
          .getOrDefault(line.path("reversal").asString(""), Map.of())
          .getOrDefault(cheque, Map.of())
          .forEach(
              (share, cents) -> {
                if (given.containsKey(share) && counted.add(cheque + " " + share)) {
                  due.merge(new Key(order, share), cents, Math::addExact);
                }
              });
    }
    given.forEach(
        (share, cents) -> {
          Key key = new Key(order, share);
          long all = credited.merge(key, cents, Math::addExact);
          long of = due.getOrDefault(key, 0L);
          open.remove(key);
          if (all > of) {
            tell(position, key);
          } else if (all < of) {
            open.put(key, position);
          }
        });
  }

  private void tell(long position, Key key) {
    findings.add(
        position,
        Check.BALANCE,
        "credit notes for reversed lines of order %s give %d cents of %s, the lines that they name come to %d"
            .formatted(
                key.order(),
                credited.getOrDefault(key, 0L),
                key.share(),
                due.getOrDefault(key, 0L)),
        "ask the operator for the credit note and the reversals");
    // Said once: what follows is measured anew.
    credited.put(key, due.getOrDefault(key, 0L));
  }

  /** Whoever advanced it: that is the note's to say. */
  private static Map<Share, Long> shares(JsonNode parts) {
    Map<Share, Long> shares = new HashMap<>();
    Share.told(parts, false)
        .forEach(
            (share, cents) ->
                shares.merge(
                    new Share(
                        share.programme(),
                        share.agreement(),
                        share.keyVersion(),
                        share.fundingDepartement(),
                        "",
                        share.funder(),
                        ""),
                    cents,
                    Math::addExact));
    return shares;
  }
}
