package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.List;

/** What is asked for about the days on which programmes settle. */
public sealed interface Settling extends Action.More {

  /**
   * @param every ANY, WEEK or MONTH
   * @param days of the week, Monday 1, or of the month; none for ANY
   * @param minimum of a transfer, in cents; 0 for none
   */
  record SetCalendar(
      String programme, LocalDate from, String every, List<Integer> days, long minimum)
      implements Settling {}

  /**
   * The file of a released run is given to {@link Action#CLERK}.
   *
   * @param leftOut names of its transfers that it was made without
   */
  record HandOutRun(String run, List<String> leftOut) implements Settling {}

  /**
   * @param occasion why, unless it is opened by hand on a day of the calendar; empty then
   */
  record OpenRunFor(String run, String programme, LocalDate cutOffDay, String occasion)
      implements Settling {}
}
