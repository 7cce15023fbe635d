package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Recomputes whose cents each cheque's are, from what agreements say and which cents a batch was
 * issued with, and compares what facts say of it.
 */
final class Splits {
  /** A sequence takes some milliseconds, and most agreements share a few keys. */
  private static final Map<List<Integer>, Quota> QUOTAS = new ConcurrentHashMap<>();

  private final Findings findings;
  private final Map<String, Key> keys = new HashMap<>();
  private final Map<String, Batch> batches = new HashMap<>();
  private final Map<String, Long> nextCent = new HashMap<>();

  /** Of a share: a key or a batch may stand in a row that is left out. */
  private boolean share;

  /** What cannot be told without a row that is left out. */
  static final class LeftOut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LeftOut(String what) {
      super(what);
    }
  }

  private record Key(List<Party> parties, Quota quota) {}

  private record Party(String funder, String preFinancier) {}

  /**
   * @param inherits the ordinals whose cents a replacement batch's cheques have; null for others
   */
  private record Batch(
      String programme,
      String agreement,
      long keyVersion,
      String fundingDepartement,
      int cheques,
      long faceValue,
      long firstCent,
      Key key,
      @Nullable List<Integer> inherits) {}

  Splits(Findings findings) {
    this.findings = findings;
  }

  void ofShare() {
    share = true;
  }

  /**
   * @throws LeftOut in a share, if the fact names cheques of which it does not show the issuance
   */
  void check(long position, String type, JsonNode fact) {
    switch (type) {
      case "AgreementSigned", "AgreementAmended" -> sign(position, fact);
      case "ChequesIssued" -> issue(position, fact);
      case "ChequesDelivered", "ChequesHandedOut", "StockReturned", "HandOutCorrected" ->
          compare(position, Serials.in(fact.path("cheques")), fact.path("shares"));
      case "ChequesActivated" ->
          compare(position, List.of(Serials.activated(fact)), fact.path("shares"));
      case "SlipJudged" -> slip(position, fact);
      case "SlipWithdrawn" -> {
        Map<Share, Long> told = Share.told(fact.path("owed"), false);
        Share.told(fact.path("waived"), false).forEach((s, c) -> told.merge(s, c, Math::addExact));
        compare(position, expected(Serials.in(fact.path("cheques"))), told);
      }
      case "ChequesOpposed" -> {
        for (JsonNode held : fact.path("titles")) {
          compare(position, Serials.in(held.path("cheques")), held.path("cents"));
        }
      }
      case "ChequesReplaced" -> {
        compare(position, Serials.in(fact.path("replaced")), fact.path("titles"));
        compare(position, Serials.in(fact.path("activated")), fact.path("setAside"));
      }
      case "LinesReversed" -> lines(position, fact.path("lines"));
      // A debit note is paid in parts, and what of a line was paid before is not told again.
      case "DebitNotePaid", "DebitNotePaymentTakenBack" ->
          partsOfLines(position, fact.path("lines"));
      case "ReversalLifted" -> {
        partsOfLines(position, fact.path("owedAgain"));
        partsOfLines(position, fact.path("forgiven"));
        partsOfLines(position, fact.path("unpaid"));
      }
      default -> {
        lines(position, fact.path("voided"));
        for (JsonNode netting : fact.path("nettings")) {
          compare(position, Serials.in(netting.path("lines")), netting.path("paid"));
          atMost(
              position,
              expected(Serials.in(netting.path("claims"))),
              Share.told(netting.path("recovered"), false));
        }
      }
    }
  }

  private void lines(long position, JsonNode lines) {
    for (JsonNode line : lines) {
      compare(position, Serials.in(line.path("cheque")), line.path("parts"));
    }
  }

  private void partsOfLines(long position, JsonNode lines) {
    for (JsonNode line : lines) {
      atMost(
          position,
          expected(Serials.in(line.path("cheque"))),
          Share.told(line.path("parts"), false));
    }
  }

  private static String keyOf(JsonNode fact) {
    return fact.path("agreement").asString("") + " v" + fact.path("keyVersion").asLong(0);
  }

  private void sign(long position, JsonNode fact) {
    List<Party> parties = new ArrayList<>();
    List<Integer> points = new ArrayList<>();
    for (JsonNode share : fact.path("shares")) {
      parties.add(
          new Party(share.path("funder").asString(""), share.path("preFinancier").asString("")));
      points.add(share.path("basisPoints").asInt(0));
    }
    int sum = points.stream().mapToInt(Integer::intValue).sum();
    if (sum != Quota.CYCLE || points.stream().anyMatch(p -> p < 1)) {
      findings.add(
          position,
          Check.SPLIT,
          "the shares of %s sum to %d basis points and must be 10000, each at least 1"
              .formatted(keyOf(fact), sum),
          "ask the operator for the agreement as it was signed");
      return;
    }
    Quota quota =
        QUOTAS.computeIfAbsent(
            points, p -> new Quota(p.stream().mapToInt(Integer::intValue).toArray()));
    keys.put(keyOf(fact), new Key(parties, quota));
  }

  private void issue(long position, JsonNode fact) {
    String batch = fact.path("batch").asString("");
    Key key = keys.get(keyOf(fact));
    if (key == null && share) {
      throw new LeftOut(keyOf(fact));
    }
    if (key == null) {
      findings.add(
          position,
          Check.SPLIT,
          "batch %s is dealt by %s, which nobody has signed".formatted(batch, keyOf(fact)),
          "ask the operator for the agreement");
      return;
    }
    if (!fact.path("splitAlgorithm").asString("").equals("tijdeman")
        || fact.path("splitAlgorithmVersion").asInt(0) != 1) {
      findings.add(
          position,
          Check.TYPE,
          "batch %s is dealt by %s version %s, which this program does not know"
              .formatted(
                  batch,
                  fact.path("splitAlgorithm").asString(""),
                  fact.path("splitAlgorithmVersion")),
          "use a later verify-ledger");
      return;
    }
    List<Integer> inherits = null;
    if (fact.path("inherited").isObject()) {
      inherits = new ArrayList<>();
      for (JsonNode ordinal : fact.path("inherited").path("ordinals")) {
        inherits.add(ordinal.asInt(0));
      }
    }
    int cheques = fact.path("chequeCount").asInt(0);
    long face = fact.path("faceValueCents").asLong(0);
    long firstCent = fact.path("firstCent").asLong(-1);
    Batch issued =
        new Batch(
            fact.path("programme").asString(""),
            fact.path("agreement").asString(""),
            fact.path("keyVersion").asLong(0),
            fact.path("fundingDepartement").asString(""),
            cheques,
            face,
            firstCent,
            key,
            inherits);
    batches.put(batch, issued);
    if (inherits == null) {
      long next = nextCent.getOrDefault(keyOf(fact), 0L);
      if (firstCent != next) {
        findings.add(
            position,
            Check.SPLIT,
            "batch %s begins with cent %d of %s, the next one is %d"
                .formatted(batch, firstCent, keyOf(fact), next),
            "ask the operator which batch has the cents between");
      }
      nextCent.put(keyOf(fact), Math.addExact(next, Math.multiplyExact(face, (long) cheques)));
    }
    compare(position, List.of(new Serials.Range(batch, 1, cheques)), fact.path("shares"));
  }

  private void slip(long position, JsonNode fact) {
    Map<Share, Long> expected = new HashMap<>();
    for (JsonNode line : SlipLines.accepted(fact)) {
      String departement =
          fact.path("visits").path(line.path("visit").asInt(-1)).path("departement").asString("");
      expected(Serials.in(line.path("cheque")))
          .forEach((s, c) -> expected.merge(s.spentIn(departement), c, Math::addExact));
    }
    Map<Share, Long> told = Share.told(fact.path("owed"), true);
    Share.told(fact.path("waived"), true).forEach((s, c) -> told.merge(s, c, Math::addExact));
    compare(position, expected, told);
    eachOnce(position, "owed", fact);
    eachOnce(position, "waived", fact);
  }

  /** What is taken away in one part and given again in another comes to the same sum. */
  private void eachOnce(long position, String name, JsonNode slip) {
    Map<Share, Long> told = Share.told(slip.path(name), true);
    if (told.size() != slip.path(name).size()
        || slip.path(name).valueStream().anyMatch(part -> part.path("cents").asLong(0) <= 0)) {
      findings.add(
          position,
          Check.SPLIT,
          "%s has %d parts of %d shares, each of which has one of more than 0 cents"
              .formatted(name, slip.path(name).size(), told.size()),
          "a part was added: ask the operator for the slip");
    }
  }

  /** That parts are what some cheques come to. */
  void compare(long position, List<Serials.Range> cheques, Iterable<JsonNode> parts) {
    compare(position, expected(cheques), Share.told(parts, false));
  }

  private void compare(long position, Map<Share, Long> expected, Map<Share, Long> told) {
    if (expected.equals(told)) {
      return;
    }
    for (Share share : told.keySet()) {
      expected.putIfAbsent(share, 0L);
    }
    expected.forEach(
        (share, cents) -> {
          long said = told.getOrDefault(share, 0L);
          if (said != cents) {
            findings.add(
                position,
                Check.SPLIT,
                "%s has %d cents, by its agreement %d".formatted(share, said, cents),
                "the amount was changed, or dealt by another rule: ask the operator");
          }
        });
  }

  private void atMost(long position, Map<Share, Long> expected, Map<Share, Long> told) {
    told.forEach(
        (share, cents) -> {
          long most = expected.getOrDefault(share, 0L);
          if (cents < 0 || cents > most) {
            findings.add(
                position,
                Check.SPLIT,
                "%s has %d cents, by its agreement at most %d".formatted(share, cents, most),
                "the amount was changed, or dealt by another rule: ask the operator");
          }
        });
  }

  /**
   * How many cheques a batch has.
   *
   * @throws IllegalArgumentException for a batch that nobody issued
   */
  int chequesOf(String batch) {
    Batch issued = batches.get(batch);
    if (issued == null) {
      throw new IllegalArgumentException("batch %s was never issued".formatted(batch));
    }
    return issued.cheques;
  }

  /**
   * @throws IllegalArgumentException for cheques that nobody issued
   */
  private Map<Share, Long> expected(List<Serials.Range> cheques) {
    Map<Share, Long> shares = new HashMap<>();
    for (Serials.Range range : cheques) {
      Batch batch = batches.get(range.batch());
      if (batch == null && share) {
        throw new LeftOut(range.batch());
      }
      if (batch == null || range.first() < 1 || range.last() > batch.cheques) {
        throw new IllegalArgumentException(
            "cheques %d to %d of batch %s were never issued"
                .formatted(range.first(), range.last(), range.batch()));
      }
      List<Integer> inherits = batch.inherits;
      if (inherits == null) {
        add(shares, batch, range.first(), range.last() - range.first() + 1L);
      } else {
        for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
          add(shares, batch, inherits.get(ordinal - 1), 1);
        }
      }
    }
    return shares;
  }

  private static void add(Map<Share, Long> shares, Batch batch, int first, long count) {
    long[] dealt =
        batch.key.quota.deal(
            batch.firstCent + (first - 1) * batch.faceValue, count * batch.faceValue);
    for (int p = 0; p < dealt.length; p++) {
      if (dealt[p] > 0) {
        Party party = batch.key.parties.get(p);
        shares.merge(
            new Share(
                batch.programme,
                batch.agreement,
                batch.keyVersion,
                batch.fundingDepartement,
                "",
                party.funder,
                party.preFinancier),
            dealt[p],
            Math::addExact);
      }
    }
  }
}
