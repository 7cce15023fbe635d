package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That a service was given at a point of service of its venue, and is counted in the département
 * that the venue's listing in force gives it. A listing replaces what it names and leaves the
 * others as they were.
 */
final class Places {
  private final Findings findings;

  /** Départements by point of service, by venue. */
  private final Map<String, Map<String, String>> listed = new HashMap<>();

  Places(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    Map<String, String> points =
        type.equals("VenueListed") || type.equals("SlipJudged")
            ? listed.computeIfAbsent(fact.path("venue").asString(""), _ -> new HashMap<>())
            : Map.of();
    if (type.equals("VenueListed")) {
      for (JsonNode point : fact.path("pointsOfService")) {
        points.put(point.path("id").asString(""), point.path("departement").asString(""));
      }
    } else if (type.equals("SlipJudged")) {
      fact.path("visits").forEach(visit -> visit(position, fact, visit, points));
    }
  }

  private void visit(long position, JsonNode slip, JsonNode visit, Map<String, String> points) {
    String point = visit.path("pointOfService").asString("");
    String counted = visit.path("departement").asString("");
    String is = points.get(point);
    if (is == null) {
      add(position, slip, "its line was served at %s, which is not the venue's".formatted(point));
    } else if (!is.equals(counted)) {
      add(
          position,
          slip,
          "what was served at %s is counted in %s, and the venue's listing in force says %s"
              .formatted(point, counted, is));
    }
  }

  private void add(long position, JsonNode slip, String value) {
    findings.add(
        position,
        Check.VENUE,
        "slip %s is of venue %s, and %s"
            .formatted(slip.path("reference").asString(""), slip.path("venue").asString(""), value),
        "ask the operator for the slip and the venue's list");
  }
}
