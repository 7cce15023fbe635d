package fr.passnumerique.clearing.territory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Where the business's days begin, in every département: overseas too, a cut-off is midnight in
 * Paris. Two days a year are not 24 hours long; {@code java.time} knows which.
 */
public final class Paris {
  public static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private Paris() {}

  /** The day in Paris at an instant. */
  public static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE);
  }

  /** The instant at which a day begins in Paris. */
  public static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }
}
