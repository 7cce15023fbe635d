package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What tags each type of fact bears, by {@code tags.txt}, which is the table of {@code
 * docs/format.md}. Later decisions looked at them: a fact without its own was recorded behind their
 * backs.
 */
final class TagTable {
  private static final Pattern NAME = Pattern.compile("\\{([^}]*)}");

  /** What a serial has of its batch. */
  private static final String BATCH = "5";

  private static final Map<String, List<Rule>> RULES = rules();

  /**
   * @param later it was added since: facts of before are without it
   */
  private record Rule(String[] path, String condition, String tag, boolean later) {
    String of(Scope scope) {
      return NAME.matcher(tag)
          .replaceAll(name -> Matcher.quoteReplacement(value(scope, name.group(1))));
    }

    private static String value(Scope scope, String name) {
      JsonNode own = scope.object();
      return switch (name) {
        case "" -> own.asString("");
        case BATCH -> own.asString("").replaceFirst("^(.{5}).*", "$1");
        default -> own.path(name).isIntegralNumber() ? own.path(name).toString() : scope.text(name);
      };
    }
  }

  private TagTable() {}

  private static Map<String, List<Rule>> rules() {
    Map<String, List<Rule>> rules = new HashMap<>();
    for (List<String> row : TextTable.read("tags.txt", 5)) {
      rules
          .computeIfAbsent(row.get(0), _ -> new ArrayList<>())
          .add(
              new Rule(
                  row.get(1).isEmpty() ? new String[0] : row.get(1).split("/"),
                  row.get(2),
                  row.get(3),
                  !row.get(4).isEmpty()));
    }
    return rules;
  }

  /** Types and versions, as {@code DayOpened.v1}. */
  static Set<String> types() {
    return RULES.keySet();
  }

  /** The first thing by which they are not those of the fact; empty if they are. */
  static Optional<String> fault(ExportedRow row, JsonNode fact) {
    Set<String> may = new HashSet<>();
    for (Rule rule : RULES.getOrDefault(row.type() + ".v" + row.version(), List.of())) {
      List<String> tags = new ArrayList<>();
      Scope.of(fact)
          .each(
              rule.path(),
              scope -> {
                if (scope.meets(rule.condition())) {
                  tags.add(rule.of(scope));
                }
              });
      Optional<String> missing =
          tags.stream().filter(tag -> !rule.later() && !row.tags().contains(tag)).findFirst();
      if (missing.isPresent()) {
        return missing.map("it lacks the tag %s"::formatted);
      }
      may.addAll(tags);
    }
    return row.tags().stream()
        .filter(tag -> !may.contains(tag))
        .findFirst()
        .map("its tag %s is none of such a fact"::formatted);
  }
}
