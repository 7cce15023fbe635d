package fr.passnumerique.projections.verifier;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/** Where days begin. */
final class Paris {
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  /**
   * By how much a node's clock may have been set back between an instant that a fact tells and its
   * record. Releases before recorded such a fact on the day before.
   */
  private static final Duration SET_BACK = Duration.ofMinutes(10);

  private Paris() {}

  /** Whether it was recorded before this day began. */
  static boolean isBefore(Instant recordedAt, LocalDate day) {
    return isOnDayBefore(recordedAt, day.atStartOfDay(ZONE).toInstant());
  }

  /**
   * Whether it was recorded on a day before that of an instant that it tells, beyond what a clock
   * that was set back across that midnight explains.
   */
  static boolean isOnDayBefore(Instant recordedAt, Instant told) {
    LocalDate day = dayOf(told);
    Instant midnight = day.atStartOfDay(ZONE).toInstant();
    return recordedAt.isBefore(midnight)
        && (recordedAt.isBefore(midnight.minus(SET_BACK)) || told.isAfter(midnight.plus(SET_BACK)));
  }

  static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE);
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static LocalDate day(JsonNode told) {
    try {
      return LocalDate.parse(told.asString(""));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s is no day".formatted(told), e);
    }
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static Instant instant(JsonNode told) {
    try {
      return Instant.parse(told.asString(""));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s is no instant".formatted(told), e);
    }
  }
}
