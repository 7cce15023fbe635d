package fr.passnumerique.clearing.settlement;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/**
 * The days on which euro transfers settle: all but Saturdays, Sundays and the six closing days of
 * T2 (formerly TARGET2), as the European Central Bank has fixed them since 2002.
 */
public final class TargetCalendar {
  private static final Set<MonthDay> CLOSED =
      Set.of(MonthDay.of(1, 1), MonthDay.of(5, 1), MonthDay.of(12, 25), MonthDay.of(12, 26));

  private TargetCalendar() {}

  /** The first settlement day after this one. */
  public static LocalDate next(LocalDate day) {
    LocalDate next = day.plusDays(1);
    while (!isOpen(next)) {
      next = next.plusDays(1);
    }
    return next;
  }

  static boolean isOpen(LocalDate day) {
    if (day.getDayOfWeek() == DayOfWeek.SATURDAY
        || day.getDayOfWeek() == DayOfWeek.SUNDAY
        || CLOSED.contains(MonthDay.from(day))) {
      return false;
    }
    LocalDate easter = easter(day.getYear());
    return !day.equals(easter.minusDays(2)) && !day.equals(easter.plusDays(1));
  }

  /** Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
  static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return LocalDate.of(year, f / 31, f % 31 + 1);
  }
}
