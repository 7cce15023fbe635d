package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of {@code readBalances} or {@code windDown}, without filters, that somebody has kept:
 * what was shown at its position.
 */
record ShownBalances(long position, JsonNode answer) {
  /** Of a venue's line: by which kinds of account, with the sign that it is shown with. */
  private static final Map<String, List<String>> OF_VENUE =
      Map.of(
          "owedCents", List.of("-VENUE_PAYABLE"),
          "inTransitCents", List.of("-TRANSFER_IN_TRANSIT"),
          "undebitedCents", List.of("-TRANSFER_IN_TRANSIT", "-TRANSFER_EXECUTED"),
          "paidCents", List.of("TITLES_PAID"));

  private static final Map<String, List<String>> OF_FUNDER =
      Map.of(
          "bankCents", List.of("BANK"),
          "unallocatedCents", List.of("-FUNDER_CREDIT"),
          "outstandingCents", List.of("-CHEQUES_OUTSTANDING"),
          "dueBackCents", List.of("-DUE_BACK", "-TO_GIVE_BACK"));

  /**
   * @throws LineReader.Unreadable if it is no such answer
   */
  static ShownBalances read(byte[] json) {
    try {
      JsonNode answer = JsonMapper.shared().readTree(json);
      if (!answer.path("position").isIntegralNumber()) {
        throw new LineReader.Unreadable(
            "the balances have no position: keep the whole answer of readBalances or windDown");
      }
      return new ShownBalances(answer.path("position").asLong(), answer);
    } catch (JacksonException e) {
      throw new LineReader.Unreadable("the balances are no JSON: " + e.getOriginalMessage());
    }
  }

  void compare(Books books, Findings findings) {
    Map<String, Long> byKind = new HashMap<>();
    Map<String, Map<String, Long>> byVenue = new HashMap<>();
    Map<String, Map<String, Long>> byFunder = new HashMap<>();
    books
        .balances()
        .forEach(
            (account, cents) -> {
              byKind.merge(account.kind(), cents, Math::addExact);
              add(byVenue, account.venue(), account.kind(), cents);
              add(byFunder, account.funder(), account.kind(), cents);
            });
    for (JsonNode kind : answer.path("accounts")) {
      String name = kind.path("kind").asString("");
      compare(findings, name, kind.path("cents").asLong(0), byKind.getOrDefault(name, 0L));
    }
    compare(findings, "venue", answer.path("venues"), OF_VENUE, byVenue);
    compare(findings, "funder", answer.path("funders"), OF_FUNDER, byFunder);
  }

  private static void add(
      Map<String, Map<String, Long>> groups, String of, String kind, long cents) {
    if (!of.isEmpty()) {
      groups.computeIfAbsent(of, _ -> new TreeMap<>()).merge(kind, cents, Math::addExact);
    }
  }

  private void compare(
      Findings findings,
      String what,
      JsonNode shown,
      Map<String, List<String>> fields,
      Map<String, Map<String, Long>> groups) {
    Map<String, Map<String, Long>> summed = new TreeMap<>();
    // A wind-down has a line per funder and agreement: of one funder they are added.
    for (JsonNode line : shown) {
      for (Map.Entry<String, List<String>> field : fields.entrySet()) {
        if (line.has(field.getKey())) {
          add(
              summed,
              line.path(what).asString(""),
              field.getKey(),
              line.path(field.getKey()).asLong(0));
        }
      }
    }
    summed.forEach(
        (id, shownOf) ->
            shownOf.forEach(
                (field, cents) ->
                    compare(
                        findings,
                        "%s of %s %s".formatted(field, what, id),
                        cents,
                        sum(
                            fields.getOrDefault(field, List.of()),
                            groups.getOrDefault(id, Map.of())))));
    if (!summed.isEmpty()) {
      Set<String> absent = new java.util.TreeSet<>(groups.keySet());
      absent.removeAll(summed.keySet());
      for (String id : absent) {
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
          long cents = sum(field.getValue(), groups.getOrDefault(id, Map.of()));
          if (cents != 0) {
            compare(findings, "%s of %s %s".formatted(field.getKey(), what, id), 0, cents);
          }
        }
      }
    }
  }

  private static long sum(List<String> kinds, Map<String, Long> byKind) {
    long sum = 0;
    for (String kind : kinds) {
      sum +=
          kind.startsWith("-")
              ? -byKind.getOrDefault(kind.substring(1), 0L)
              : byKind.getOrDefault(kind, 0L);
    }
    return sum;
  }

  private void compare(Findings findings, String what, long shown, long ours) {
    if (shown != ours) {
      findings.add(
          position,
          Check.PUBLISHED,
          "%s was shown as %d cents and is %d".formatted(what, shown, ours),
          "export with balancesOfEach=true, to find the first fact after which it differs");
    }
  }
}
