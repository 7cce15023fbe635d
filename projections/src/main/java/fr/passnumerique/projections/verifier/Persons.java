package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * That who began something did not end it, by {@code persons.txt}, which is the table of {@code
 * docs/format.md}. Only accounts are told: which of them are one person's no fact says.
 */
final class Persons {
  private static final List<Rule> RULES =
      TextTable.read("persons.txt", 5).stream()
          .map(row -> new Rule(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
          .toList();

  private static final Map<String, List<Rule>> ENDED =
      RULES.stream().collect(Collectors.groupingBy(Rule::fact));

  private static final Map<String, List<Rule>> BEGUN =
      RULES.stream()
          .filter(rule -> !rule.toldBy().isEmpty())
          .collect(Collectors.groupingBy(Rule::toldBy));

  private final Findings findings;

  /** Who began what, by the rule that asks for it and what it is about: the last to do so. */
  private final Map<List<String>, String> begun = new HashMap<>();

  /** By venue, of the last identification. */
  private final Map<String, String> sirets = new HashMap<>();

  /**
   * @param endedBy the field of the fact that tells who ended it
   * @param beganIt the field that tells who began it
   * @param toldBy the type of the fact that has it, the last of the same; empty for the fact itself
   * @param same the fields in which both facts say what it is about
   */
  private record Rule(String fact, String endedBy, String beganIt, String toldBy, String same) {}

  Persons(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    for (Rule rule : ENDED.getOrDefault(type, List.of())) {
      String first =
          rule.toldBy().isEmpty()
              ? text(fact, rule.beganIt())
              : begun.getOrDefault(key(rule, fact), "");
      if (!first.isEmpty() && first.equals(text(fact, rule.endedBy()))) {
        findings.add(
            position,
            Check.PERSONS,
            "%s is of account %s (%s), which began it (%s%s)"
                .formatted(
                    type,
                    first,
                    rule.endedBy(),
                    rule.toldBy().isEmpty() ? "" : rule.toldBy() + ", ",
                    rule.beganIt()),
            "ask the operator who the second person was");
      }
    }
    if (type.equals("VenueIdentified")) {
      identify(position, fact);
    }
    for (Rule rule : BEGUN.getOrDefault(type, List.of())) {
      begun.put(key(rule, fact), text(fact, rule.beganIt()));
    }
  }

  /** A correction needs a second person, so that it may not pass for a first identification. */
  private void identify(long position, JsonNode fact) {
    String replaces = text(fact, "replaces");
    String confirmedBy = text(fact, "confirmedBy");
    String before = sirets.put(text(fact, "venue"), text(fact, "siret"));
    if (replaces.isEmpty() != confirmedBy.isEmpty()
        || (before != null && !before.equals(replaces))) {
      findings.add(
          position,
          Check.PERSONS,
          "venue %s, of SIRET '%s' before, is identified by %s for '%s', confirmed by '%s'"
              .formatted(
                  text(fact, "venue"),
                  before == null ? "" : before,
                  text(fact, "siret"),
                  replaces,
                  confirmedBy),
          "ask the operator who the second person of a correction was");
    }
  }

  private static List<String> key(Rule rule, JsonNode fact) {
    return Stream.concat(
            Stream.of(rule.fact(), rule.toldBy(), rule.beganIt()),
            Stream.of(rule.same().split(" ")).map(name -> text(fact, name)))
        .toList();
  }

  /** A name may lead into the objects of the fact. */
  private static String text(JsonNode fact, String name) {
    JsonNode value = fact;
    for (String step : name.split("/")) {
      value = value.path(step);
    }
    return value.isString() ? value.asString() : value.isNumber() ? value.toString() : "";
  }
}
