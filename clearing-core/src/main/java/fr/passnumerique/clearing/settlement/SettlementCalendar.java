package fr.passnumerique.clearing.settlement;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;

/**
 * On which days a programme settles. A cut-off is midnight in Paris at the start of such a day,
 * whether that day has 23, 24 or 25 hours.
 *
 * @param every what it repeats with
 * @param weekdays of a week, at least one; empty otherwise
 * @param days of a month, 1 to 31, at least one; of a shorter month its last day; empty otherwise
 */
public record SettlementCalendar(Every every, List<DayOfWeek> weekdays, List<Integer> days) {
  /** What a calendar repeats with. */
  public enum Every {
    /** No calendar: every day may be a cut-off, and none comes by itself. */
    ANY,
    WEEK,
    MONTH
  }

  /**
   * @throws IllegalArgumentException for one that names no day, or a day of another kind
   */
  public SettlementCalendar {
    weekdays = List.copyOf(new TreeSet<>(weekdays));
    days = List.copyOf(new TreeSet<>(days));
    if (weekdays.isEmpty() == (every == Every.WEEK) || days.isEmpty() == (every == Every.MONTH)) {
      throw new IllegalArgumentException(
          "a calendar names weekdays if it is of the WEEK, days if it is of the MONTH, and neither"
              + " if it is ANY");
    }
    if (days.stream().anyMatch(day -> day < 1 || day > 31)) {
      throw new IllegalArgumentException("a day of the month is 1 to 31");
    }
  }

  static SettlementCalendar any() {
    return new SettlementCalendar(Every.ANY, List.of(), List.of());
  }

  public static SettlementCalendar weekly(DayOfWeek... weekdays) {
    return new SettlementCalendar(Every.WEEK, List.of(weekdays), List.of());
  }

  public static SettlementCalendar monthly(Integer... days) {
    return new SettlementCalendar(Every.MONTH, List.of(), List.of(days));
  }

  /** Whether a run may have its cut-off at the start of this day without being exceptional. */
  boolean allows(LocalDate day) {
    return every == Every.ANY || isCutOff(day);
  }

  /** Whether the calendar itself calls for a run at the start of this day. */
  boolean isCutOff(LocalDate day) {
    return switch (every) {
      case ANY -> false;
      case WEEK -> weekdays.contains(day.getDayOfWeek());
      case MONTH ->
          days.stream().anyMatch(of -> day.getDayOfMonth() == Math.min(of, day.lengthOfMonth()));
    };
  }

  /** Such as {@code every THURSDAY} or {@code on the 1, 16 of each month}. */
  String inEnglish() {
    return switch (every) {
      case ANY -> "on any day";
      case WEEK -> "every " + String.join(", ", weekdays.stream().map(Enum::name).toList());
      case MONTH ->
          "on the %s of each month"
              .formatted(String.join(", ", days.stream().map(String::valueOf).toList()));
    };
  }
}
