package fr.passnumerique.clearing.ledger;

import java.time.LocalDate;

/**
 * Records that a day began in Paris. Sent at each midnight and at the start of a node; a day that
 * is open already, or past, or has not begun, adds nothing.
 */
public record OpenDay(LocalDate day) implements Command<OpenDay.Opened> {
  /**
   * @param day the last day opened, Europe/Paris
   */
  public record Opened(LocalDate day) {}
}
