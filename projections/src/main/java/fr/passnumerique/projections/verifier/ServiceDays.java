package fr.passnumerique.projections.verifier;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * That services are of days on which their cheques could be used: from the hand-out on, up to the
 * cheque's last day, and presented within its window, which is told by the issuance of its batch. A
 * hand-out that was corrected never was. What a slip says of itself is asked first: nothing was
 * served after it was presented, nor presented after it was recorded.
 *
 * <p>Judged as of the slip's position: what is corrected, opposed or replaced later does not change
 * it. Two bytes for each cheque of a batch of which one was handed out.
 */
final class ServiceDays {
  private static final LocalDate DAY_ZERO = LocalDate.of(2014, 12, 31);

  private final Findings findings;
  private final Map<String, Batch> batches = new HashMap<>();

  /**
   * Of the whole ledger; of a part, who handed a cheque out may stand in a row that is not here.
   */
  private boolean whole;

  private static final class Batch {
    final int cheques;
    final int validity;
    final int window;
    final long lastDayOfAll;

    /** Days since {@link #DAY_ZERO}; 0 for a cheque that was not handed out. */
    char[] handedOut = new char[0];

    /** Last days that replacements keep of the cheques that they replace. */
    final Map<Integer, Long> kept = new HashMap<>();

    Batch(JsonNode issued) {
      cheques = issued.path("chequeCount").asInt(0);
      validity = issued.path("validityDays").asInt(0);
      window = issued.path("presentationWindowDays").asInt(0);
      lastDayOfAll =
          Math.addExact(
              Paris.day(issued.path("endsOn")).toEpochDay(), issued.path("toleranceDays").asInt(0));
    }

    /** 0 for a cheque that was not. */
    long handedOut(int ordinal) {
      return ordinal >= handedOut.length || handedOut[ordinal] == 0
          ? 0
          : DAY_ZERO.toEpochDay() + handedOut[ordinal];
    }

    /** Null of one that was not handed out and keeps none. */
    @Nullable Long lastServiceDay(int ordinal) {
      long given = handedOut(ordinal);
      Long own = given == 0 ? null : Math.min(given + validity, lastDayOfAll);
      Long before = kept.get(ordinal);
      if (own == null || before == null) {
        return own == null ? before : own;
      }
      return Math.min(own, before);
    }

    void hand(Serials.Range range, char day) {
      if (range.last() > cheques) {
        throw new IllegalArgumentException(
            "batch %s has %d cheques, not %d".formatted(range.batch(), cheques, range.last()));
      }
      if (handedOut.length == 0) {
        handedOut = new char[cheques + 1];
      }
      for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
        handedOut[ordinal] = day;
      }
    }
  }

  ServiceDays(Findings findings) {
    this.findings = findings;
  }

  void ofWhole() {
    whole = true;
  }

  void check(ExportedRow row, JsonNode fact) {
    if (row.type().equals("SlipJudged")) {
      own(row, fact);
    }
    if (!whole) {
      return;
    }
    switch (row.type()) {
      case "ChequesIssued" -> batches.put(fact.path("batch").asString(""), new Batch(fact));
      case "ChequesHandedOut" -> hand(fact, stored(Paris.day(fact.path("handedOutOn"))));
      case "HandOutCorrected" -> hand(fact, (char) 0);
      case "ChequesReplaced" -> replace(row.position(), fact);
      case "SlipJudged" -> slip(row.position(), fact);
      default -> {}
    }
  }

  /** What a slip says of itself. */
  private void own(ExportedRow row, JsonNode slip) {
    Instant presentedAt = Paris.instant(slip.path("presentedAt"));
    LocalDate presentedOn = Paris.dayOf(presentedAt);
    if (Paris.isOnDayBefore(row.recordedAt(), presentedAt)) {
      add(
          row.position(),
          "slip %s was presented on %s and recorded on %s before"
              .formatted(
                  slip.path("reference").asString(""), presentedOn, Paris.dayOf(row.recordedAt())));
    }
    for (JsonNode line : SlipLines.accepted(slip)) {
      LocalDate servedOn = servedOn(slip, line);
      if (servedOn.isAfter(presentedOn)) {
        add(
            row.position(),
            "cheque %s was served on %s, its slip was presented on %s before"
                .formatted(line.path("cheque").asString(""), servedOn, presentedOn));
      }
    }
  }

  private void slip(long position, JsonNode slip) {
    LocalDate presentedOn = Paris.dayOf(Paris.instant(slip.path("presentedAt")));
    for (JsonNode line : SlipLines.accepted(slip)) {
      String serial = line.path("cheque").asString("");
      Serials.Range cheque = Serials.of(serial);
      Batch batch = batches.get(cheque.batch());
      if (batch == null) {
        // Said of its split.
        continue;
      }
      long servedOn = servedOn(slip, line).toEpochDay();
      long given = batch.handedOut(cheque.first());
      Long last = batch.lastServiceDay(cheque.first());
      if (given == 0 || last == null) {
        add(position, "cheque %s was served and was not handed out".formatted(serial));
      } else if (servedOn < given) {
        tell(position, serial, servedOn, "was handed out on %s", given);
      } else if (servedOn > last) {
        tell(position, serial, servedOn, "could be used until %s", last);
      } else {
        long latest = Math.min(servedOn + batch.window, batch.lastDayOfAll);
        if (presentedOn.toEpochDay() > latest) {
          tell(position, serial, servedOn, "could be presented until %s", latest);
        }
      }
    }
  }

  private static LocalDate servedOn(JsonNode slip, JsonNode line) {
    return Paris.day(slip.path("visits").path(line.path("visit").asInt(-1)).path("servedOn"));
  }

  private void hand(JsonNode fact, char day) {
    for (Serials.Range range : Serials.in(fact.path("cheques"))) {
      Batch batch = batches.get(range.batch());
      if (batch != null) {
        batch.hand(range, day);
      }
    }
  }

  /** The new cheque keeps the last day of the old one, if that had one. */
  private void replace(long position, JsonNode fact) {
    Batch batch = batches.get(fact.path("batch").asString(""));
    if (batch == null) {
      return;
    }
    for (JsonNode kept : fact.path("lastDays")) {
      long day = Paris.day(kept.path("lastDay")).toEpochDay();
      for (Serials.Range range : Serials.in(kept.path("cheques"))) {
        for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
          batch.kept.put(ordinal, day);
        }
      }
    }
    int ordinal = 0;
    for (Serials.Range old : Serials.in(fact.path("replaced"))) {
      ordinal++;
      Batch of = batches.get(old.batch());
      Long was = of == null ? null : of.lastServiceDay(old.first());
      Long is = batch.kept.get(ordinal);
      if (was == null ? is != null : !was.equals(is)) {
        add(
            position,
            "cheque %d of batch %s could be used until %s, and the one that replaces it keeps %s"
                .formatted(old.first(), old.batch(), day(was), day(is)));
        // Said once: what is served is measured by what should stand here.
        batch.kept.remove(ordinal);
        if (was != null) {
          batch.kept.put(ordinal, was);
        }
      }
    }
  }

  private static char stored(LocalDate day) {
    long since = day.toEpochDay() - DAY_ZERO.toEpochDay();
    if (since < 1 || since > Character.MAX_VALUE) {
      throw new IllegalArgumentException("cheques are handed out from 2015 on, not on " + day);
    }
    return (char) since;
  }

  private static String day(@Nullable Long epochDay) {
    return epochDay == null ? "no day" : LocalDate.ofEpochDay(epochDay).toString();
  }

  private void tell(long position, String serial, long servedOn, String what, long day) {
    add(
        position,
        "cheque %s was served on %s and ".formatted(serial, LocalDate.ofEpochDay(servedOn))
            + what.formatted(LocalDate.ofEpochDay(day)));
  }

  private void add(long position, String value) {
    findings.add(position, Check.DAYS, value, "ask the operator for the slip and the hand-out");
  }
}
