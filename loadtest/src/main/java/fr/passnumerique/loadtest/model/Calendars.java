package fr.passnumerique.loadtest.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** On which days programmes settle, and what waits for the next of them. */
final class Calendars {
  private static final long HIGHEST_MINIMUM = 1_000_000;
  private static final int TARGET_DAYS = 21;

  /** Days of 2026 to 2028, other than weekends, on which no euro transfer settles. */
  private static final List<String> CLOSED =
      List.of(
          "2026-01-01",
          "2026-04-03",
          "2026-04-06",
          "2026-05-01",
          "2026-12-25",
          "2026-12-26",
          "2027-01-01",
          "2027-03-26",
          "2027-03-29",
          "2027-05-01",
          "2027-12-25",
          "2027-12-26",
          "2028-01-01",
          "2028-04-14",
          "2028-04-17",
          "2028-05-01",
          "2028-12-25",
          "2028-12-26");

  private final World world;

  Calendars(World world) {
    this.world = world;
  }

  Told set(Settling.SetCalendar a, LocalDate today) {
    if (!world.programmes.containsKey(a.programme())) {
      return Told.refused("UNKNOWN_PROGRAMME");
    }
    Map<LocalDate, Settling.SetCalendar> all =
        world.calendars.computeIfAbsent(a.programme(), _ -> new TreeMap<>());
    if (a.equals(all.get(a.from()))) {
      return Told.again("");
    }
    if (!a.from().isAfter(today)) {
      return Told.refused("CALENDAR_NOT_LATER");
    }
    if (a.minimum() < 0 || a.minimum() > HIGHEST_MINIMUM) {
      return Told.refused("MINIMUM_OUT_OF_RANGE");
    }
    if (a.minimum() > 0 && a.every().equals("ANY")) {
      return Told.refused("MINIMUM_WITHOUT_CALENDAR");
    }
    all.put(a.from(), a);
    return Told.done("");
  }

  /** By which a cut-off of the day is judged; null if by none. */
  private Settling.@Nullable SetCalendar on(String programme, LocalDate day) {
    Settling.SetCalendar found = null;
    for (Settling.SetCalendar one :
        world.calendars.getOrDefault(programme, new TreeMap<>()).values()) {
      if (!one.from().isAfter(day)) {
        found = one;
      }
    }
    return found;
  }

  boolean allows(String programme, LocalDate day) {
    Settling.SetCalendar calendar = on(programme, day);
    return calendar == null || calendar.every().equals("ANY") || isCutOff(programme, day);
  }

  private boolean isCutOff(String programme, LocalDate day) {
    Settling.SetCalendar calendar = on(programme, day);
    if (calendar == null) {
      return false;
    }
    return switch (calendar.every()) {
      case "WEEK" -> calendar.days().contains(day.getDayOfWeek().getValue());
      case "MONTH" ->
          calendar.days().stream()
              .anyMatch(one -> day.getDayOfMonth() == Math.min(one, day.lengthOfMonth()));
      default -> false;
    };
  }

  /**
   * Takes out what is below the minimum and can wait for the next cut-off.
   *
   * @param payments what goes to each IBAN
   * @return what each venue waits for, in cents
   */
  Map<String, Long> carryOver(
      String programme,
      LocalDate cutOffDay,
      LocalDate today,
      Collection<List<World.Owed>> payments) {
    Map<String, Long> carried = new TreeMap<>();
    Settling.SetCalendar calendar = on(programme, cutOffDay);
    LocalDate next = next(programme, today);
    if (calendar == null || calendar.minimum() == 0 || next == null) {
      return carried;
    }
    LocalDate paidOn = settled(next);
    List<List<World.Owed>> waiting = new ArrayList<>();
    for (List<World.Owed> payment : payments) {
      long cents = payment.stream().mapToLong(World.Owed::cents).sum();
      boolean late =
          payment.stream()
              .anyMatch(one -> paidOn.isAfter(one.debt().presentedOn.plusDays(TARGET_DAYS)));
      if (cents < calendar.minimum() && !late) {
        waiting.add(payment);
        for (World.Owed one : payment) {
          carried.merge(one.debt().venue, one.cents(), Long::sum);
        }
      }
    }
    payments.removeAll(waiting);
    return carried;
  }

  /** The first cut-off after the day; null if there is none. */
  private @Nullable LocalDate next(String programme, LocalDate day) {
    for (int later = 1; later < 400; later++) {
      if (isCutOff(programme, day.plusDays(later))) {
        return day.plusDays(later);
      }
    }
    return null;
  }

  /** The first day after it on which the bank executes transfers. */
  private static LocalDate settled(LocalDate day) {
    LocalDate next = day.plusDays(1);
    while (next.getDayOfWeek() == DayOfWeek.SATURDAY
        || next.getDayOfWeek() == DayOfWeek.SUNDAY
        || CLOSED.contains(next.toString())) {
      next = next.plusDays(1);
    }
    return next;
  }
}
