package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * That no event identifier is of two rows, for who reads facts elsewhere knows by it which it has
 * already; and that nothing is recorded for the first time twice, by {@code once.txt}, which is the
 * table of {@code docs/format.md}.
 */
final class Once {
  private static final List<Rule> RULES =
      TextTable.read("once.txt", 5).stream()
          .map(
              row ->
                  new Rule(
                      row.get(0),
                      row.get(1).isEmpty() ? new String[0] : row.get(1).split("/"),
                      row.get(2),
                      List.of(row.get(3).split(" ")),
                      row.get(4)))
          .toList();

  private static final Map<String, List<Rule>> RECORDED =
      RULES.stream().collect(Collectors.groupingBy(Rule::fact));

  private static final Map<String, List<Rule>> FREED =
      RULES.stream().collect(Collectors.groupingBy(Rule::freedBy));

  private final Findings findings;
  private final Map<UUID, Long> events = new HashMap<>();

  /** Positions by what is recorded and how it is named. */
  private final Map<String, Long> recorded = new HashMap<>();

  /**
   * @param freedBy the fact after which it may be recorded again; empty if there is none
   */
  private record Rule(String fact, String[] path, String what, List<String> names, String freedBy) {
    String of(Scope scope) {
      return Stream.concat(Stream.of(what), names.stream().map(scope::text))
          .collect(Collectors.joining(" "));
    }
  }

  Once(Findings findings) {
    this.findings = findings;
  }

  void check(ExportedRow row, JsonNode fact) {
    again(
        row.position(),
        "event identifier " + row.eventId(),
        events.putIfAbsent(row.eventId(), row.position()));
    String type = row.type() + ".v" + row.version();
    FREED.getOrDefault(type, List.of()).forEach(rule -> recorded.remove(rule.of(Scope.of(fact))));
    for (Rule rule : RECORDED.getOrDefault(type, List.of())) {
      Scope.of(fact)
          .each(
              rule.path(),
              scope -> {
                String named = rule.of(scope);
                again(row.position(), named, recorded.putIfAbsent(named, row.position()));
              });
    }
  }

  private void again(long position, String named, @Nullable Long before) {
    if (before != null) {
      findings.add(
          position,
          Check.ONCE,
          "%s is that of position %d already".formatted(named, before),
          "ask the operator which of the two was recorded");
    }
  }
}
