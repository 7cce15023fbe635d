package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * One thing that happens.
 *
 * @param at what the clock says
 * @param trial the same for all cheques, asked and not presented when the action is over
 * @param meanwhile what is recorded between the decision on the action and its record
 */
public record Step(
    Instant at, Action action, Accident accident, Trial trial, List<Step> meanwhile) {

  /** What goes wrong. */
  public enum Accident {
    NONE,
    /** The connection breaks before the record is written. */
    STATEMENT_LOST,
    /** It is written, and the connection breaks before the database says so. */
    ANSWER_LOST,
    /** The node dies before the record is written; the action is sent again. */
    KILLED_BEFORE,
    /** The node dies after it; the action is sent again. */
    KILLED_AFTER,
    /** The node is stopped and started again before the action is sent. */
    RESTARTED
  }

  /** Where and for when every cheque is held up to the rules. */
  public record Trial(String venue, LocalDate servedOn, String service) {}
}
