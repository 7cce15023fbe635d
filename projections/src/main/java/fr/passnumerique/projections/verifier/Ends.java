package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That what ends cheques other than by a slip (an expiry, an opposition, a replacement) ends those
 * that could still be spent, each of them, and gives back what their funders paid for them: to each
 * its own cents, and none for a cheque that was never activated.
 *
 * <p>Looked at before the fact counts in {@link Cheques}.
 */
final class Ends {
  private final Findings findings;
  private final Splits splits;
  private final Cheques cheques;

  Ends(Findings findings, Splits splits, Cheques cheques) {
    this.findings = findings;
    this.splits = splits;
    this.cheques = cheques;
  }

  void check(long position, String type, JsonNode fact) {
    switch (type) {
      case "ChequesActivated" -> activate(position, fact);
      case "ChequesExpired" -> expire(position, fact);
      case "ChequesOpposed" -> oppose(position, fact);
      case "SlipWithdrawn" -> withdraw(position, fact);
      case "ChequesReplaced" -> replace(position, fact);
      default -> {}
    }
  }

  private void activate(long position, JsonNode fact) {
    Serials.Range range = Serials.activated(fact);
    if (!cheques.activated(range).isEmpty()) {
      add(
          position,
          "some of cheques %d to %d of batch %s are activated a second time"
              .formatted(range.first(), range.last(), range.batch()));
    }
  }

  private void expire(long position, JsonNode fact) {
    String batch = fact.path("batch").asString("");
    if (cheques.hasExpired(batch)) {
      add(position, "batch %s expires a second time".formatted(batch));
      return;
    }
    List<Serials.Range> live =
        ranges(batch, cheques.live(new Serials.Range(batch, 1, splits.chequesOf(batch))));
    List<JsonNode> titles = new ArrayList<>();
    List<JsonNode> dueBack = new ArrayList<>();
    for (JsonNode part : fact.path("parts")) {
      part.path("titles").forEach(titles::add);
      part.path("dueBack").forEach(dueBack::add);
    }
    splits.compare(position, live, titles);
    splits.compare(position, activatedOf(live), dueBack);
  }

  private void oppose(long position, JsonNode fact) {
    List<Serials.Range> opposed = Serials.in(fact.path("opposed"));
    requireLive(position, opposed, "opposed");
    List<Serials.Range> held = new ArrayList<>();
    fact.path("titles").forEach(place -> held.addAll(Serials.in(place.path("cheques"))));
    if (!byBatch(held).equals(byBatch(opposed))) {
      add(position, "the cheques that are opposed are not those whose titles are");
    }
    splits.compare(position, activatedOf(opposed), fact.path("dueBack"));
  }

  /** Those of its cheques that were opposed meanwhile are not live again. */
  private void withdraw(long position, JsonNode fact) {
    List<Serials.Range> opposed = Serials.in(fact.path("opposed"));
    Map<String, BitSet> others = byBatch(opposed);
    byBatch(Serials.in(fact.path("cheques")))
        .forEach(
            (batch, ordinals) -> others.computeIfPresent(batch, (_, of) -> less(of, ordinals)));
    if (others.values().stream().anyMatch(of -> !of.isEmpty())) {
      add(position, "cheques are opposed that its slip did not have");
    }
    splits.compare(position, opposed, fact.path("dueBack"));
  }

  private static BitSet less(BitSet of, BitSet taken) {
    of.andNot(taken);
    return of;
  }

  private void replace(long position, JsonNode fact) {
    List<Serials.Range> replaced = Serials.in(fact.path("replaced"));
    String batch = fact.path("batch").asString("");
    BitSet activated =
        byBatch(Serials.in(fact.path("activated"))).getOrDefault(batch, new BitSet());
    int ordinal = 0;
    for (Serials.Range old : replaced) {
      ordinal++;
      if (!cheques.isOpposed(old)) {
        add(
            position,
            "cheque %d of batch %s is replaced, and was not opposed or was replaced before"
                .formatted(old.first(), old.batch()));
      }
      if (activated.get(ordinal) != !cheques.activated(old).isEmpty()) {
        add(
            position,
            "cheque %d of batch %s is activated or not, and the one that it replaces is the other way"
                .formatted(ordinal, batch));
      }
    }
    if (activated.length() > ordinal + 1) {
      add(position, "more cheques of batch %s are activated than it replaces".formatted(batch));
    }
  }

  private void requireLive(long position, List<Serials.Range> ended, String how) {
    for (Serials.Range range : ended) {
      int count = range.last() - range.first() + 1;
      if (cheques.hasExpired(range.batch()) || cheques.live(range).cardinality() != count) {
        add(
            position,
            "some of cheques %d to %d of batch %s are %s, and were accepted, opposed or expired before"
                .formatted(range.first(), range.last(), range.batch(), how));
      }
    }
  }

  private List<Serials.Range> activatedOf(List<Serials.Range> some) {
    List<Serials.Range> activated = new ArrayList<>();
    some.forEach(range -> activated.addAll(ranges(range.batch(), cheques.activated(range))));
    return activated;
  }

  private static Map<String, BitSet> byBatch(List<Serials.Range> ranges) {
    Map<String, BitSet> ordinals = new HashMap<>();
    ranges.forEach(
        range ->
            ordinals
                .computeIfAbsent(range.batch(), _ -> new BitSet())
                .set(range.first(), range.last() + 1));
    return ordinals;
  }

  private static List<Serials.Range> ranges(String batch, BitSet ordinals) {
    List<Serials.Range> ranges = new ArrayList<>();
    for (int from = ordinals.nextSetBit(0); from >= 0; ) {
      int end = ordinals.nextClearBit(from);
      ranges.add(new Serials.Range(batch, from, end - 1));
      from = ordinals.nextSetBit(end);
    }
    return ranges;
  }

  private void add(long position, String value) {
    findings.add(position, Check.REDEEMED_ONCE, value, "ask the operator for the document");
  }
}
