package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Splits, credit notes and accounts of payees as somebody checks them who has read the prose of
 * {@code docs/format.md} and nothing else.
 */
final class DocumentedRules {
  private static final int REPEATS = 10_000;

  /** By agreement and version of its key. */
  private final Map<String, Key> keys = new HashMap<>();

  private final Map<String, Batch> batches = new HashMap<>();
  private final Map<String, Map<String, Long>> dueBack = new HashMap<>();
  private final Map<String, Map<String, Long>> notes = new HashMap<>();
  private final Map<String, String> payees = new HashMap<>();
  private final Map<String, String> fingerprints = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final Map<String, Set<String>> ordered = new HashMap<>();
  private int splits;
  private int credited;
  private int paid;

  private static final class Key {
    private final List<String> funders;
    private final List<Integer> dealt;
    private long next;

    private Key(List<String> funders, List<Integer> dealt) {
      this.funders = funders;
      this.dealt = dealt;
    }
  }

  private record Batch(Key key, long firstCent, long faceValue, List<Integer> ordinals) {
    private long first(int cheque) {
      int place = ordinals.isEmpty() ? cheque : ordinals.get(cheque - 1);
      return firstCent + (place - 1) * faceValue;
    }
  }

  /** How often a split, a note and an account were held to what the document says. */
  List<Integer> held() {
    return List.of(splits, credited, paid);
  }

  void read(String type, JsonNode fact) {
    switch (type) {
      case "AgreementSigned", "AgreementAmended" -> keys.put(key(fact), deal(fact.path("shares")));
      case "ChequesIssued" -> issued(fact);
      case "ChequesActivated" -> {
        Map<String, Long> split = new TreeMap<>();
        for (int k = fact.path("firstOrdinal").asInt();
            k <= fact.path("lastOrdinal").asInt();
            k++) {
          split(fact.path("batch").asString(), k, split);
        }
        same(split, funders(fact.path("shares")), fact);
      }
      case "SlipJudged" -> judged(fact);
      case "ChequesExpired" -> {
        Map<String, Long> due = dueBack.computeIfAbsent(text(fact, "order"), _ -> new TreeMap<>());
        fact.path("parts").forEach(part -> parts(part.path("dueBack"), due));
        parts(fact.path("opposedUnreplaced"), due);
        parts(fact.path("waived"), due);
      }
      case "CreditNoteIssued" -> credited(fact);
      case "CreditNoteRefunded", "RefundReturned", "RefundTakenBack" -> refunds(fact);
      case "RefundsOrdered" -> {
        Set<String> accounts = new HashSet<>();
        for (JsonNode transfer : fact.path("transfers")) {
          refunds(transfer);
          pays(text(transfer, "account"), "funder " + text(transfer, "funder"));
          accounts.add(fingerprints.get(text(transfer, "account")));
        }
        ordered.put("refunds " + text(fact, "order"), accounts);
      }
      case "SettlementRunOpened", "SettlementRunContinued" -> {
        Set<String> accounts =
            ordered.computeIfAbsent("run " + text(fact, "run"), _ -> new HashSet<>());
        for (JsonNode transfer : fact.path("transfers")) {
          transfer
              .path("slips")
              .forEach(slip -> pays(text(transfer, "account"), "venue " + text(slip, "venue")));
          accounts.add(fingerprints.get(text(transfer, "account")));
        }
      }
      case "SettlementRunReleased" -> open("run " + text(fact, "run"));
      case "RefundsReleased" -> open("refunds " + text(fact, "order"));
      case "VenueAccountOpened" -> opened("venue " + text(fact, "venue"), fact);
      case "FunderAccountOpened" -> opened("funder " + text(fact, "funder"), fact);
      case "TransferRejected", "TransferReturned" -> closed.add(print(fact, "closedAccount"));
      case "RefundRejected" -> closed.add(print(fact, "account"));
      default -> {}
    }
    if (type.equals("RefundReturned")) {
      closed.add(print(fact, "account"));
    }
  }

  private static String text(JsonNode object, String name) {
    return object.path(name).asString("");
  }

  private static String key(JsonNode fact) {
    return text(fact, "agreement") + "/" + fact.path("keyVersion").asInt();
  }

  /** The next cent goes to whom it says, for 10 000 cents. */
  private static Key deal(JsonNode shares) {
    List<String> funders = new ArrayList<>();
    List<Integer> points = new ArrayList<>();
    shares.forEach(
        share -> {
          funders.add(text(share, "funder"));
          points.add(share.path("basisPoints").asInt());
        });
    int n = funders.size();
    long parts = 2L * n - 2;
    long[] has = new long[n];
    List<Integer> dealt = new ArrayList<>();
    for (int cent = 1; cent <= REPEATS; cent++) {
      int best = n == 1 ? 0 : -1;
      long bestWait = 0;
      for (int i = 0; n > 1 && i < n; i++) {
        // All of it times 10 000 and 2n − 2, so that nothing is rounded.
        long lag = ((long) points.get(i) * cent - REPEATS * has[i]) * parts;
        long wait = REPEATS * parts - REPEATS - lag;
        if (lag >= REPEATS && (best < 0 || wait * points.get(best) < bestWait * points.get(i))) {
          best = i;
          bestWait = wait;
        }
      }
      require(best >= 0, "nobody gets cent " + cent);
      has[best]++;
      dealt.add(best);
    }
    return new Key(List.copyOf(funders), List.copyOf(dealt));
  }

  private void issued(JsonNode fact) {
    JsonNode inherited = fact.path("inherited");
    long face = fact.path("faceValueCents").asLong();
    int count = fact.path("chequeCount").asInt();
    List<Integer> ordinals = new ArrayList<>();
    Key key = keys.get(key(fact));
    require(key != null, "no key of " + fact);
    if (inherited.isObject()) {
      inherited.path("ordinals").forEach(ordinal -> ordinals.add(ordinal.asInt()));
    } else if (key != null) {
      require(fact.path("firstCent").asLong() == key.next, "the first cent of " + fact);
      key.next += face * count;
    }
    if (key != null) {
      batches.put(
          text(fact, "batch"), new Batch(key, fact.path("firstCent").asLong(), face, ordinals));
    }
    Map<String, Long> split = new TreeMap<>();
    for (int k = 1; k <= count; k++) {
      split(text(fact, "batch"), k, split);
    }
    same(split, funders(fact.path("shares")), fact);
  }

  private void split(String batch, int cheque, Map<String, Long> to) {
    Batch of = batches.get(batch);
    require(of != null, "no batch " + batch);
    if (of != null) {
      long first = of.first(cheque);
      for (long cent = first; cent < first + of.faceValue(); cent++) {
        int owner = of.key().dealt.get((int) (cent % REPEATS));
        to.merge(of.key().funders.get(owner), 1L, Long::sum);
      }
    }
  }

  private void judged(JsonNode fact) {
    Set<Integer> waived = new HashSet<>();
    fact.path("waivedLines").forEach(line -> waived.add(line.asInt()));
    Map<String, Long> owed = new TreeMap<>();
    Map<String, Long> given = new TreeMap<>();
    int number = 0;
    for (JsonNode line : fact.path("lines")) {
      number++;
      if (!line.has("rejected")) {
        String serial = text(line, "cheque");
        split(
            serial.substring(0, 5),
            ordinal(serial.substring(5)),
            waived.contains(number) ? given : owed);
      }
    }
    same(owed, funders(fact.path("owed")), fact);
    same(given, funders(fact.path("waived")), fact);
  }

  private static int ordinal(String symbols) {
    int ordinal = 0;
    for (char symbol : symbols.toCharArray()) {
      ordinal = ordinal * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(symbol);
    }
    return ordinal;
  }

  private static Map<String, Long> funders(JsonNode shares) {
    Map<String, Long> cents = new TreeMap<>();
    shares.forEach(
        share -> cents.merge(text(share, "funder"), share.path("cents").asLong(), Long::sum));
    return cents;
  }

  private void same(Map<String, Long> split, Map<String, Long> told, JsonNode fact) {
    require(split.equals(told), "%s is dealt, told %s of %s".formatted(split, told, fact));
    splits += split.isEmpty() ? 0 : 1;
  }

  /** Share by share. */
  private static void parts(JsonNode shares, Map<String, Long> to) {
    for (JsonNode share : shares) {
      to.merge(
          String.join(
              "/",
              text(share, "programme"),
              key(share),
              text(share, "fundingDepartement"),
              text(share, "funder"),
              text(share, "advancedBy")),
          share.path("cents").asLong(),
          Long::sum);
    }
  }

  private void credited(JsonNode note) {
    Map<String, Long> given = new TreeMap<>();
    parts(note.path("parts"), given);
    notes.put(text(note, "creditNote"), given);
    if (note.path("recovered").isEmpty()) {
      Map<String, Long> due = dueBack.getOrDefault(text(note, "order"), new TreeMap<>());
      String preFinancier = text(note, "preFinancier");
      for (Map.Entry<String, Long> part : given.entrySet()) {
        if (!preFinancier.isEmpty()) {
          // Before the note of who advanced it, out of the same.
          long left = due.merge(part.getKey() + preFinancier, -part.getValue(), Long::sum);
          require(left >= 0, "%s is due back".formatted(part));
          due.values().removeIf(cents -> cents == 0);
          continue;
        }
        require(
            part.getValue().equals(due.remove(part.getKey())),
            "%s of note %s is due back, once".formatted(part, text(note, "creditNote")));
      }
      require(
          given.values().stream().mapToLong(Long::longValue).sum()
              == note.path("amountCents").asLong(),
          "the sum of note " + note);
      credited++;
    }
  }

  /** Part by part what the note gives; a note of free credit has none. */
  private void refunds(JsonNode fact) {
    Map<String, Long> refunded = new TreeMap<>();
    parts(fact.path("parts"), refunded);
    Map<String, Long> note = notes.get(text(fact, "creditNote"));
    if (note != null) {
      require(refunded.equals(note), refunded + " is refunded of " + note);
      credited++;
    }
  }

  private void opened(String payee, JsonNode fact) {
    payees.put(payee, text(fact, "fingerprint"));
    fingerprints.put(text(fact, "account"), text(fact, "fingerprint"));
    closed.remove(text(fact, "fingerprint"));
  }

  private String print(JsonNode fact, String account) {
    return String.valueOf(fingerprints.get(text(fact, account)));
  }

  private void pays(String account, String payee) {
    String fingerprint = fingerprints.get(account);
    require(
        fingerprint != null && fingerprint.equals(payees.get(payee)),
        "account %s is the last of %s".formatted(account, payee));
    require(!closed.contains(fingerprint), "account %s of %s is open".formatted(account, payee));
    paid++;
  }

  /** Nothing is released to an account that was closed meanwhile. */
  private void open(String order) {
    for (String fingerprint : ordered.getOrDefault(order, Set.of())) {
      require(!closed.contains(fingerprint), order + " is released to open accounts");
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("by the document alone it does not hold: " + what);
    }
  }
}
