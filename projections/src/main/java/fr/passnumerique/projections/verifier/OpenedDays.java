package fr.passnumerique.projections.verifier;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * That each {@code DayOpened} opens a later day than the one before, and one that had begun. Days
 * may be left out, of a node that did not run; and one may be opened late.
 */
final class OpenedDays {
  private final Findings findings;
  private @Nullable LocalDate last;

  OpenedDays(Findings findings) {
    this.findings = findings;
  }

  void check(long position, Instant recordedAt, String type, JsonNode fact) {
    if (!type.equals("DayOpened")) {
      return;
    }
    LocalDate day = Paris.day(fact.path("day"));
    LocalDate before = last;
    if (before != null && !day.isAfter(before)) {
      add(position, "%s is opened after %s".formatted(day, before));
    }
    if (Paris.isBefore(recordedAt, day)) {
      add(position, "%s is opened at %s, before it began".formatted(day, recordedAt));
    }
    last = day;
  }

  private void add(long position, String value) {
    findings.add(position, Check.DAYS, value, "ask the operator how the ledger was written");
  }
}
