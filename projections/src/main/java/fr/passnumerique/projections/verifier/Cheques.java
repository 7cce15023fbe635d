package fr.passnumerique.projections.verifier;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which cheques are active, spent or out: a few bits each. */
final class Cheques {
  private static final String UNKNOWN = "UNKNOWN_CHEQUE";

  private final Findings findings;
  private final Map<String, Batch> batches = new HashMap<>();

  /** Of a share: what a fact builds on may stand in a row that is left out. */
  private boolean share;

  private static final class Batch {
    final BitSet activated = new BitSet();
    final BitSet accepted = new BitSet();

    /** Opposed, those that were replaced since among them. */
    final BitSet out = new BitSet();

    final BitSet replaced = new BitSet();

    boolean expired;

    /** How many it was issued with. */
    int issued;
  }

  Cheques(Findings findings) {
    this.findings = findings;
  }

  void ofShare() {
    share = true;
  }

  void check(long position, String type, JsonNode fact) {
    switch (type) {
      case "ChequesIssued" ->
          batch(fact.path("batch").asString("")).issued = fact.path("chequeCount").asInt(0);
      case "ChequesActivated" -> {
        Serials.Range range = Serials.activated(fact);
        batch(range.batch()).activated.set(range.first(), range.last() + 1);
      }
      case "ChequesReplaced" -> {
        for (Serials.Range range : Serials.in(fact.path("replaced"))) {
          batch(range.batch()).replaced.set(range.first(), range.last() + 1);
        }
        takeOut(fact.path("replaced"));
        for (Serials.Range range : Serials.in(fact.path("activated"))) {
          batch(range.batch()).activated.set(range.first(), range.last() + 1);
        }
      }
      case "ChequesOpposed" -> takeOut(fact.path("opposed"));
      case "ChequesExpired" -> batch(fact.path("batch").asString("")).expired = true;
      case "SlipJudged" -> {
        for (JsonNode line : SlipLines.accepted(fact)) {
          accept(position, line.path("cheque").asString(""));
        }
        for (JsonNode line : fact.path("lines")) {
          if (line.path("rejected").asString("").equals(UNKNOWN)) {
            unknown(position, line.path("cheque").asString(""));
          }
        }
      }
      case "SlipWithdrawn" -> {
        for (JsonNode cheque : fact.path("cheques")) {
          withdraw(position, cheque.asString(""));
        }
        takeOut(fact.path("opposed"));
      }
      case "LinesReversed" -> {
        for (JsonNode line : fact.path("lines")) {
          reverse(position, line.path("cheque").asString(""));
        }
      }
      default -> {}
    }
  }

  /** Those that can still be spent, activated or not; an expiry is asked for apart. */
  BitSet live(Serials.Range range) {
    BitSet live = new BitSet();
    live.set(range.first(), range.last() + 1);
    live.andNot(batch(range.batch()).accepted);
    live.andNot(batch(range.batch()).out);
    return live;
  }

  /** Those of a range that were ever activated. */
  BitSet activated(Serials.Range range) {
    BitSet activated = new BitSet();
    activated.set(range.first(), range.last() + 1);
    activated.and(batch(range.batch()).activated);
    return activated;
  }

  boolean hasExpired(String batch) {
    return batch(batch).expired;
  }

  /** Whether a cheque is opposed and nothing replaces it yet. */
  boolean isOpposed(Serials.Range cheque) {
    Batch batch = batch(cheque.batch());
    return batch.out.get(cheque.first()) && !batch.replaced.get(cheque.first());
  }

  private Batch batch(String name) {
    return batches.computeIfAbsent(name, _ -> new Batch());
  }

  private void takeOut(JsonNode cheques) {
    for (Serials.Range range : Serials.in(cheques)) {
      batch(range.batch()).out.set(range.first(), range.last() + 1);
    }
  }

  private void accept(long position, String serial) {
    Serials.Range cheque = Serials.of(serial);
    Batch batch = batch(cheque.batch());
    int ordinal = cheque.first();
    String why =
        batch.accepted.get(ordinal)
            ? "was accepted before"
            : !share && !batch.activated.get(ordinal)
                ? "is not activated"
                : batch.out.get(ordinal)
                    ? "was opposed or replaced before"
                    : batch.expired ? "had expired before" : "";
    if (!why.isEmpty()) {
      findings.add(
          position,
          Check.REDEEMED_ONCE,
          "cheque %s is accepted here and %s".formatted(serial, why),
          "ask the operator which of the two slips is paid");
    }
    batch.accepted.set(ordinal);
  }

  /** A venue would not be paid for what it took in good faith. */
  private void unknown(long position, String serial) {
    boolean issued;
    try {
      Serials.Range cheque = Serials.of(serial);
      issued = cheque.first() <= batch(cheque.batch()).issued;
    } catch (IllegalArgumentException _) {
      // A line of which nothing can be read names no cheque.
      issued = false;
    }
    if (issued) {
      findings.add(
          position,
          Check.REDEEMED_ONCE,
          "cheque %s is rejected here as unknown and was issued before".formatted(serial),
          "ask the operator for the slip");
    }
  }

  private void withdraw(long position, String serial) {
    Serials.Range cheque = Serials.of(serial);
    Batch batch = batch(cheque.batch());
    if (!share && !batch.accepted.get(cheque.first())) {
      findings.add(
          position,
          Check.REDEEMED_ONCE,
          "cheque %s is withdrawn here and was not accepted".formatted(serial),
          "ask the operator for the slip");
    }
    batch.accepted.clear(cheque.first());
  }

  /** It stays accepted: a void cheque is never spent again. */
  private void reverse(long position, String serial) {
    Serials.Range cheque = Serials.of(serial);
    if (!share && !batch(cheque.batch()).accepted.get(cheque.first())) {
      findings.add(
          position,
          Check.REDEEMED_ONCE,
          "cheque %s is reversed here and was not accepted".formatted(serial),
          "ask the operator for the slip");
    }
  }
}
