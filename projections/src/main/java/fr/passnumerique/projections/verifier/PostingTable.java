package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What each type of fact posts, by {@code postings.txt}, which is the table of {@code
 * docs/format.md}. A rule's cents are debited to one account and credited to another, once for each
 * object at the end of its path; a name is looked up there first, then in the objects around it, at
 * last in the fact itself.
 */
final class PostingTable {
  private static final String NOBODY = "nobody";

  private final Chart chart;
  private final Map<String, List<Rule>> rules = new HashMap<>();

  private record Rule(String[] path, String condition, Amount amount, Side debit, Side credit) {}

  private record Amount(int sign, String[] plus, String[] minus) {}

  /**
   * @param names which field gives a dimension, where it is not the one of its own name
   */
  private record Side(Chart.Kind kind, Map<String, String> names) {}

  PostingTable(Chart chart) {
    this.chart = chart;
    for (List<String> row : TextTable.read("postings.txt", 6)) {
      List<Rule> ofType = rules.computeIfAbsent(row.get(0), _ -> new ArrayList<>());
      if (!row.get(4).isEmpty()) {
        ofType.add(
            new Rule(
                row.get(1).isEmpty() ? new String[0] : row.get(1).split("/"),
                row.get(2),
                amount(row.get(3)),
                side(row.get(4)),
                side(row.get(5))));
      }
    }
  }

  private static Amount amount(String text) {
    String[] minus = text.split(" - ", 2);
    boolean negative = minus[0].startsWith("-");
    return new Amount(
        negative ? -1 : 1,
        (negative ? minus[0].substring(1) : minus[0]).split("\\."),
        minus.length == 1 ? new String[0] : minus[1].split("\\."));
  }

  private Side side(String text) {
    int bracket = text.indexOf('(');
    if (bracket < 0) {
      return new Side(chart.kind(text), Map.of());
    }
    Map<String, String> names = new HashMap<>();
    for (String pair : text.substring(bracket + 1, text.length() - 1).split(", ")) {
      String[] both = pair.split("=");
      names.put(both[0], both.length == 1 ? "" : both[1]);
    }
    return new Side(chart.kind(text.substring(0, bracket)), names);
  }

  boolean knows(String type, int version) {
    return rules.containsKey(key(type, version));
  }

  /** Types and versions, as {@code DayOpened.v1}. */
  java.util.Set<String> types() {
    return rules.keySet();
  }

  private static String key(String type, int version) {
    return type + ".v" + version;
  }

  /**
   * @throws IllegalArgumentException for a fact that lacks what its type has, or has no number
   *     where cents must be
   */
  List<Entry> entries(String type, int version, JsonNode fact) {
    List<Entry> entries = new ArrayList<>();
    for (Rule rule : rules.getOrDefault(key(type, version), List.of())) {
      Scope.of(fact).each(rule.path, scope -> post(rule, scope, entries));
    }
    return entries;
  }

  private static void post(Rule rule, Scope scope, List<Entry> to) {
    if (!scope.meets(rule.condition)) {
      return;
    }
    Amount amount = rule.amount;
    long cents = number(scope, amount.plus);
    if (amount.minus.length > 0) {
      cents = Math.subtractExact(cents, number(scope, amount.minus));
    }
    cents = Math.multiplyExact(cents, amount.sign);
    if (cents != 0) {
      to.add(new Entry(account(rule.debit, scope), cents));
      to.add(new Entry(account(rule.credit, scope), Math.negateExact(cents)));
    }
  }

  private static long number(Scope scope, String[] path) {
    JsonNode node = scope.object();
    for (String name : path) {
      node = node.path(name);
    }
    if (node.isMissingNode()) {
      return 0;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw new IllegalArgumentException(
          "%s is %s, which is no number of cents".formatted(String.join(".", path), node));
    }
    return node.asLong();
  }

  private static Account account(Side side, Scope scope) {
    Map<String, String> values = new HashMap<>();
    if (!side.names.containsKey(NOBODY)) {
      for (String dimension : side.kind.dimensions()) {
        values.put(dimension.equals("owner") ? "funder" : dimension, value(dimension, side, scope));
      }
    }
    return new Account(
        side.kind.name(),
        values.getOrDefault("programme", ""),
        values.getOrDefault("agreement", ""),
        values.getOrDefault("funder", ""),
        values.getOrDefault("fundingDepartement", ""),
        values.getOrDefault("venue", ""),
        values.getOrDefault("spendingDepartement", ""),
        values.getOrDefault("prescriber", ""));
  }

  private static String value(String dimension, Side side, Scope scope) {
    String name = side.names.getOrDefault(dimension, dimension);
    String value = name.equals("owner") ? owner(scope) : scope.text(name);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing says the %s of its posting to %s".formatted(dimension, side.kind.name()));
    }
    return value;
  }

  /** Whose cash covers it: the pre-financier's while a share is paid on use. */
  private static String owner(Scope scope) {
    String advancing = scope.text("advancedBy");
    return advancing.isEmpty() ? scope.text("funder") : advancing;
  }
}
