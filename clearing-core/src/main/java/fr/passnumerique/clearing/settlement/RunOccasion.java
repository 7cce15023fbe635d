package fr.passnumerique.clearing.settlement;

/**
 * Why a run was opened that nobody opened by hand on a day of the programme's calendar. A code, for
 * free text may name a person.
 */
public enum RunOccasion {
  /** Its cut-off came, and it opened by itself. */
  SCHEDULED,
  /** A payment would be late, or is. */
  LATE_PAYMENT,
  /** A venue cannot wait. */
  VENUE_IN_DIFFICULTY,
  /** A venue's account was opened, or opened again after a rejection. */
  ACCOUNT_OPENED,
  /** The programme, or an agreement, comes to its end. */
  PROGRAMME_ENDS,
  OTHER;

  /** Whether the calendar does not bind it. */
  boolean isExceptional() {
    return this != SCHEDULED;
  }
}
