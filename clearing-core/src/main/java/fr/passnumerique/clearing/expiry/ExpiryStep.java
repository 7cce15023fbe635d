package fr.passnumerique.clearing.expiry;

import java.time.LocalDate;

/**
 * The steps of the procedure, in order, as the historic operator documented it; each has the first
 * day on which it can be taken. J is the order's end date, and the tolerance is the order's.
 */
public enum ExpiryStep {
  /** J − 30: its funders are told how many cheques are issued, delivered, handed out and used. */
  ANNOUNCEMENT(-30, false),
  /** J − 15: a funder approves that the order ends; prescribers are told to stop handing out. */
  APPROVAL(-15, false),
  /** J − 7: a funder acknowledges the end. */
  ACKNOWLEDGEMENT(-7, false),
  /** The day after the tolerance: what is not redeemed is no longer live. */
  EXPIRY(1, true),
  /** A week after the tolerance: both sides agree the statement (état contradictoire). */
  STATEMENT(7, true);

  private final int days;
  private final boolean afterTolerance;

  ExpiryStep(int days, boolean afterTolerance) {
    this.days = days;
    this.afterTolerance = afterTolerance;
  }

  /**
   * @param endsOn J
   * @return the first day of the step, Europe/Paris
   */
  public LocalDate from(LocalDate endsOn, int toleranceDays) {
    return endsOn.plusDays(afterTolerance ? (long) toleranceDays + days : days);
  }
}
