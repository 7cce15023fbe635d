package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer of {@code readBalances} or {@code windDown}, without filters, that somebody has kept:
 * what was shown at its position. Every amount in it is computed again from the accounts.
 */
record ShownBalances(long position, JsonNode answer) {
  private static final String EVER = "EVER";
  private static final String RECEIVABLE = "receivableCents";

  /** Of which kinds of account each amount is the sum, with the sign that it is shown with. */
  static final Map<String, List<String>> AMOUNTS =
      Map.ofEntries(
          Map.entry(
              "paidInCents",
              List.of("EVER_RECEIVED", "EVER_MOVED", "-EVER_REFUNDED", "-EVER_GIVEN_BACK")),
          Map.entry("advancedCents", List.of("-ON_USE_ADVANCE", "-ON_USE_CLAIM")),
          Map.entry("waivedCents", List.of("EVER_WAIVED")),
          Map.entry("bankCents", List.of("BANK")),
          Map.entry("unallocatedCents", List.of("-FUNDER_CREDIT")),
          Map.entry("outstandingCents", List.of("-CHEQUES_OUTSTANDING")),
          Map.entry("dueBackCents", List.of("-DUE_BACK", "-TO_GIVE_BACK")),
          Map.entry(RECEIVABLE, List.of("VENUE_RECEIVABLE")),
          Map.entry("untitledCents", List.of("RECEIVABLE_IF_PAID")),
          Map.entry("issuedCents", List.of("-TITLES_ISSUED")),
          Map.entry("inStockCents", List.of("TITLES_IN_STOCK")),
          Map.entry("atPrescribersCents", List.of("TITLES_AT_PRESCRIBER")),
          Map.entry("liveCents", List.of("TITLES_HANDED_OUT")),
          Map.entry("expiredCents", List.of("TITLES_EXPIRED")),
          Map.entry("opposedCents", List.of("TITLES_OPPOSED")),
          Map.entry("replacedCents", List.of("TITLES_REPLACED")),
          Map.entry("voidedCents", List.of("TITLES_VOID")),
          Map.entry("redeemedCents", List.of("TITLES_REDEEMED", "TITLES_PAID")),
          Map.entry("owedCents", List.of("-VENUE_PAYABLE")),
          Map.entry("inTransitCents", List.of("-TRANSFER_IN_TRANSIT")),
          Map.entry("paidCents", List.of("TITLES_PAID")),
          Map.entry("undebitedCents", List.of("-TRANSFER_IN_TRANSIT", "-TRANSFER_EXECUTED")),
          Map.entry(
              "claimCents",
              List.of("-VENUE_PAYABLE", "-TRANSFER_IN_TRANSIT", "-TRANSFER_EXECUTED")),
          Map.entry(
              "claimsCents",
              List.of("-VENUE_PAYABLE", "-TRANSFER_IN_TRANSIT", "-TRANSFER_EXECUTED")),
          Map.entry(
              "remainderCents",
              List.of("-FUNDER_CREDIT", "-DUE_BACK", "-TO_GIVE_BACK", "-CHEQUES_OUTSTANDING")),
          Map.entry(
              "remaindersCents",
              List.of("-FUNDER_CREDIT", "-DUE_BACK", "-TO_GIVE_BACK", "-CHEQUES_OUTSTANDING")),
          Map.entry("toRecoverCents", List.of("-TO_RECOVER")),
          Map.entry("unexplainedCents", List.of("-UNMATCHED")));

  /** Of what a prescriber holds; elsewhere the name is that of the operator's stock. */
  private static final Map<String, List<String>> OF_PRESCRIBER =
      Map.of("inStockCents", List.of("TITLES_AT_PRESCRIBER"));

  /**
   * A list of an answer: by which fields its lines are told apart, and which dimension each is.
   *
   * @param amounts in its lines
   */
  private record Grouped(
      String list,
      Map<String, Function<Account, String>> dimensions,
      Map<String, List<String>> amounts) {

    static Grouped by(String list, String field, Function<Account, String> dimension) {
      return new Grouped(list, Map.of(field, dimension), AMOUNTS);
    }

    List<String> of(Account account) {
      return fields().stream().map(field -> dimension(field).apply(account)).toList();
    }

    List<String> of(JsonNode line) {
      return fields().stream().map(field -> line.path(field).asString("")).toList();
    }

    private List<String> fields() {
      return dimensions.keySet().stream().sorted().toList();
    }

    private Function<Account, String> dimension(String field) {
      return dimensions.getOrDefault(field, _ -> "");
    }
  }

  private static final List<Grouped> LISTS =
      List.of(
          Grouped.by("agreements", "agreement", Account::agreement),
          Grouped.by("programmes", "programme", Account::programme),
          new Grouped("prescribers", Map.of("prescriber", Account::prescriber), OF_PRESCRIBER),
          Grouped.by("fundingDepartements", "departement", Account::fundingDepartement),
          Grouped.by("spendingDepartements", "departement", Account::spendingDepartement),
          new Grouped(
              "flows",
              Map.of(
                  "fundingDepartement", Account::fundingDepartement,
                  "spendingDepartement", Account::spendingDepartement),
              AMOUNTS));

  private static final Grouped VENUES = Grouped.by("venues", "venue", Account::venue);

  /** A wind-down claims what is on its way whole, and so shows what of it is to be given back. */
  private static final Grouped CLAIMANTS =
      new Grouped(
          "venues",
          Map.of("venue", Account::venue),
          with(AMOUNTS, RECEIVABLE, List.of("VENUE_RECEIVABLE", "RECEIVABLE_IF_PAID")));

  private static final Grouped FUNDERS = Grouped.by("funders", "funder", Account::funder);

  /** A wind-down has a line per funder and agreement. */
  private static final Grouped OWNERS =
      new Grouped(
          "funders", Map.of("funder", Account::funder, "agreement", Account::agreement), AMOUNTS);

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
      if (!answer.path("businessDate").isMissingNode()) {
        throw new LineReader.Unreadable(
            "the balances are of a business date, and an export tells those of a position: keep an"
                + " answer without businessDate");
      }
      comparable(answer.path("caveats"));
      if (!answer.path("accounts").isArray() && !answer.path("funders").isArray()) {
        throw new LineReader.Unreadable(
            "the answer has no balances: keep the whole answer of readBalances or windDown");
      }
      return new ShownBalances(answer.path("position").asLong(), answer);
    } catch (JacksonException e) {
      throw new LineReader.Unreadable("the balances are no JSON: " + e.getOriginalMessage());
    }
  }

  /** Other figures that were shown before are no caveat: those of the answer are the ledger's. */
  private static void comparable(JsonNode caveats) {
    JsonNode before = caveats.path("shownBefore");
    if (before.isString()) {
      throw new LineReader.Unreadable(
          "the balances are those that rebuild %s replaced, and two people accepted that they were not the ledger's: keep an answer without shownBefore"
              .formatted(before.asString()));
    }
    JsonNode passedOver = caveats.path("passedOver");
    if (!passedOver.isEmpty()) {
      throw new LineReader.Unreadable(
          "the balances leave out the fact of position %s, which two people set aside, and the ledger holds it: keep an answer once it is folded again (liftFactAside, rebuildProjection)"
              .formatted(
                  passedOver
                      .valueStream()
                      .map(fact -> fact.path("position").asString(""))
                      .collect(Collectors.joining(", "))));
    }
  }

  void compare(Books books, Findings findings) {
    Map<String, Long> byKind = new TreeMap<>();
    books
        .balances()
        .forEach((account, cents) -> byKind.merge(account.kind(), cents, Math::addExact));
    kinds(findings, byKind);
    if (answer.has("sumOfAllAccountsCents")) {
      long sum = byKind.values().stream().reduce(0L, Math::addExact);
      compare(findings, "sumOfAllAccountsCents", answer.path("sumOfAllAccountsCents"), sum);
    }
    compare(findings, "all accounts", answer.path("totals"), AMOUNTS, byKind);
    if (answer.path("totals").isMissingNode()) {
      compare(findings, "all accounts", answer, AMOUNTS, byKind);
    }
    if (answer.has("missingCents")) {
      compare(findings, "missingCents", answer.path("missingCents"), missing(books));
      if (answer.path("covered").asBoolean(false) != (missing(books) == 0)) {
        findings.add(
            position,
            Check.PUBLISHED,
            "covered was shown as %s and %d cents are missing"
                .formatted(answer.path("covered"), missing(books)),
            "ask the operator how the answer came to be");
      }
    }
    for (Grouped grouped : LISTS) {
      list(findings, grouped, books);
    }
    boolean windDown = answer.has("claimsCents");
    list(findings, windDown ? CLAIMANTS : VENUES, books);
    list(findings, windDown ? OWNERS : FUNDERS, books);
  }

  private static Map<String, List<String>> with(
      Map<String, List<String>> amounts, String field, List<String> kinds) {
    Map<String, List<String>> others = new HashMap<>(amounts);
    others.put(field, kinds);
    return Map.copyOf(others);
  }

  /** What owners are short of, each of its own cash, and what the bank took unexplained. */
  private static long missing(Books books) {
    Map<List<String>, Long> debits = new HashMap<>();
    books
        .balances()
        .forEach(
            (account, cents) -> {
              if (account.kind().equals("FUNDER_CREDIT")) {
                debits.merge(OWNERS.of(account), cents, Math::addExact);
              } else if (account.kind().equals("UNMATCHED")) {
                debits.merge(List.of(), cents, Math::addExact);
              }
            });
    return debits.values().stream().mapToLong(cents -> Math.max(0, cents)).sum();
  }

  /** Each kind of account that has a balance, and no other; what ever passed is in none. */
  private void kinds(Findings findings, Map<String, Long> byKind) {
    if (!answer.path("accounts").isArray()) {
      return;
    }
    Set<String> told = new HashSet<>();
    for (JsonNode kind : answer.path("accounts")) {
      String name = kind.path("kind").asString("");
      told.add(name);
      compare(findings, name, kind.path("cents"), byKind.getOrDefault(name, 0L));
    }
    byKind.forEach(
        (kind, cents) -> {
          if (cents != 0 && !told.contains(kind) && !kind.startsWith(EVER)) {
            absent(findings, kind, cents);
          }
        });
  }

  private void list(Findings findings, Grouped grouped, Books books) {
    JsonNode lines = answer.path(grouped.list());
    if (!lines.isArray()) {
      return;
    }
    Map<List<String>, Map<String, Long>> groups = new HashMap<>();
    books
        .balances()
        .forEach(
            (account, cents) -> {
              List<String> of = grouped.of(account);
              if (!of.contains("")) {
                groups
                    .computeIfAbsent(of, _ -> new TreeMap<>())
                    .merge(account.kind(), cents, Math::addExact);
              }
            });
    Map<List<String>, JsonNode> told = new LinkedHashMap<>();
    Set<String> fields = new TreeSet<>();
    for (JsonNode line : lines) {
      List<String> of = grouped.of(line);
      if (told.put(of, line) != null) {
        findings.add(
            position,
            Check.PUBLISHED,
            "%s %s was shown twice".formatted(grouped.list(), of),
            "ask the operator how the answer came to be");
      }
      fields.addAll(line.propertyNames());
    }
    told.forEach(
        (of, line) -> {
          String whose = grouped.list() + " " + String.join(" ", of);
          Map<String, Long> byKind = groups.getOrDefault(of, Map.of());
          compare(findings, whose, line, grouped.amounts(), byKind);
          if (line.has("missingCents")) {
            long missing = Math.max(0, byKind.getOrDefault("FUNDER_CREDIT", 0L));
            compare(findings, "missingCents of " + whose, line.path("missingCents"), missing);
          }
        });
    fields.retainAll(grouped.amounts().keySet());
    List<List<String>> absent = new ArrayList<>(groups.keySet());
    absent.removeAll(told.keySet());
    absent.sort((one, other) -> one.toString().compareTo(other.toString()));
    for (List<String> of : absent) {
      for (String field : told.isEmpty() ? grouped.amounts().keySet() : fields) {
        long cents =
            sum(
                grouped.amounts().getOrDefault(field, List.of()),
                groups.getOrDefault(of, Map.of()));
        if (cents != 0) {
          absent(
              findings,
              "%s of %s %s".formatted(field, grouped.list(), String.join(" ", of)),
              cents);
        }
      }
    }
  }

  private void compare(
      Findings findings,
      String of,
      JsonNode line,
      Map<String, List<String>> amounts,
      Map<String, Long> byKind) {
    for (String field : new TreeSet<>(amounts.keySet())) {
      if (line.has(field)) {
        compare(
            findings,
            "%s of %s".formatted(field, of),
            line.path(field),
            sum(amounts.getOrDefault(field, List.of()), byKind));
      }
    }
  }

  private static long sum(List<String> kinds, Map<String, Long> byKind) {
    long sum = 0;
    for (String kind : kinds) {
      sum =
          kind.startsWith("-")
              ? Math.subtractExact(sum, byKind.getOrDefault(kind.substring(1), 0L))
              : Math.addExact(sum, byKind.getOrDefault(kind, 0L));
    }
    return sum;
  }

  private void compare(Findings findings, String what, JsonNode shown, long ours) {
    if (!shown.isIntegralNumber() || !shown.canConvertToLong() || shown.asLong() != ours) {
      findings.add(
          position,
          Check.PUBLISHED,
          "%s was shown as %s cents and is %d".formatted(what, shown, ours),
          "export with balancesOfEach=true, to find the first fact after which it differs");
    }
  }

  private void absent(Findings findings, String what, long ours) {
    findings.add(
        position,
        Check.PUBLISHED,
        "%s was not shown and is %d cents".formatted(what, ours),
        "ask for the whole answer, without filters");
  }
}
