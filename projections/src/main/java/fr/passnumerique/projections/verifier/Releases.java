package fr.passnumerique.projections.verifier;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That no run is released for a day before its cut-off, until when nobody knew what it would pay.
 * The day of its release would be later, and by recorded time alone, which may run ahead.
 */
final class Releases {
  private final Findings findings;
  private final Map<String, LocalDate> cutOffs = new HashMap<>();

  Releases(Findings findings) {
    this.findings = findings;
  }

  void check(long position, String type, JsonNode fact) {
    String run = fact.path("run").asString("");
    if (type.equals("SettlementRunOpened")) {
      cutOffs.put(run, Paris.dayOf(Paris.instant(fact.path("cutOff"))));
    }
    LocalDate cutOff = cutOffs.get(run);
    if (!type.equals("SettlementRunReleased") || cutOff == null) {
      return;
    }
    LocalDate executionOn = Paris.day(fact.path("executionOn"));
    if (executionOn.isBefore(cutOff)) {
      findings.add(
          position,
          Check.DAYS,
          "run %s is released for %s, its cut-off is of %s".formatted(run, executionOn, cutOff),
          "ask the operator for the run's file");
    }
  }
}
