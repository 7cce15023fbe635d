package fr.passnumerique.projections.verifier;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * That an order is issued by the version of its agreement that is in force on its day, which is not
 * after the one on which it is recorded, and takes no funder's share above that version's ceiling.
 * Ceilings count what is issued under all versions. An amendment may lower one below what is
 * issued: then nothing more is issued of that share.
 */
final class Ceilings {
  private final Findings findings;
  private final Map<String, Agreement> agreements = new HashMap<>();

  private static final class Agreement {
    final List<Version> versions = new ArrayList<>();

    /** By funder, whoever advances it. */
    final Map<String, Long> issued = new HashMap<>();

    /** The last one that is in force; before the first is, the first. */
    Version inForceOn(LocalDate day) {
      return versions.reversed().stream()
          .filter(version -> !version.inForceFrom().isAfter(day))
          .findFirst()
          .orElse(versions.getFirst());
    }
  }

  private record Version(int number, LocalDate inForceFrom, Map<String, Long> ceilings) {}

  Ceilings(Findings findings) {
    this.findings = findings;
  }

  void check(ExportedRow row, JsonNode fact) {
    String name = fact.path("agreement").asString("");
    switch (row.type()) {
      case "AgreementSigned" -> sign(name, fact, Paris.day(fact.path("startsOn")));
      case "AgreementAmended" -> sign(name, fact, Paris.day(fact.path("inForceFrom")));
      case "ChequesIssued" -> {
        Agreement agreement = agreements.get(name);
        // A replacement's cents were issued with the cheques that it replaces. That nobody signed
        // the agreement is said of its split.
        if (agreement != null && !fact.path("inherited").isObject()) {
          issue(row, name, agreement, fact);
        }
      }
      default -> {}
    }
  }

  private void sign(String name, JsonNode fact, LocalDate inForceFrom) {
    Map<String, Long> ceilings = new HashMap<>();
    for (JsonNode share : fact.path("shares")) {
      ceilings.put(share.path("funder").asString(""), share.path("ceilingCents").asLong(0));
    }
    agreements
        .computeIfAbsent(name, _ -> new Agreement())
        .versions
        .add(new Version(fact.path("keyVersion").asInt(0), inForceFrom, ceilings));
  }

  private void issue(ExportedRow row, String name, Agreement agreement, JsonNode fact) {
    long position = row.position();
    LocalDate day = Paris.day(fact.path("issuedOn"));
    if (Paris.isBefore(row.recordedAt(), day)) {
      add(
          position,
          "order %s is issued on %s and recorded at %s before"
              .formatted(fact.path("order").asString(""), day, row.recordedAt()));
    }
    Version version = agreement.inForceOn(day);
    if (version.number() != fact.path("keyVersion").asInt(0)) {
      add(
          position,
          "order %s is issued on %s by version %s of agreement %s, in force is %d"
              .formatted(
                  fact.path("order").asString(""),
                  day,
                  fact.path("keyVersion"),
                  name,
                  version.number()));
    }
    for (JsonNode share : fact.path("shares")) {
      String funder = share.path("funder").asString("");
      long issued = agreement.issued.merge(funder, share.path("cents").asLong(0), Math::addExact);
      long ceiling = version.ceilings().getOrDefault(funder, 0L);
      if (issued > ceiling && share.path("cents").asLong(0) > 0) {
        add(
            position,
            "of agreement %s %d cents of funder %s are issued, its ceiling is %d"
                .formatted(name, issued, funder, ceiling));
      }
    }
  }

  private void add(long position, String value) {
    findings.add(
        position, Check.CEILING, value, "ask the operator for the agreement and its amendments");
  }
}
