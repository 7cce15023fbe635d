package fr.passnumerique.projections.verifier;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/** Where days begin. */
final class Paris {
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private Paris() {}

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
  static LocalDate dayOf(JsonNode instant) {
    try {
      return dayOf(Instant.parse(instant.asString("")));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("%s is no instant".formatted(instant), e);
    }
  }
}
