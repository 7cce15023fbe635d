package fr.passnumerique.clearing.redemption;

import java.time.Instant;
import java.time.ZoneId;

/** Business days are those of Paris, overseas too: one order's end is one day everywhere. */
final class Paris {
  static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private Paris() {}

  /** The day of an instant, as {@link java.time.LocalDate#toEpochDay()}. */
  static int day(Instant instant) {
    return (int) instant.atZone(ZONE).toLocalDate().toEpochDay();
  }
}
