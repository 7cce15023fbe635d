package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of the days on which programmes settle. */
final class SettlingPlot {
  private static final List<String> OCCASIONS =
      List.of("SCHEDULED", "SCHEDULED", "LATE_PAYMENT", "ACCOUNT_OPENED", "PROGRAMME_ENDS");

  private final World world;
  private final Dice dice;
  private final Days days;
  private int number;

  SettlingPlot(World world, Dice dice, Days days) {
    this.world = world;
    this.dice = dice;
    this.days = days;
  }

  void add(List<Supplier<Action>> possible) {
    if (!world.programmes.isEmpty()) {
      possible.add(this::calendar);
    }
  }

  private Action calendar() {
    LocalDate from = days.today().plusDays(dice.of(1, 1, 1, 2, 10, 0));
    String every = dice.of("ANY", "WEEK", "WEEK", "MONTH");
    List<Integer> on =
        switch (every) {
          case "WEEK" -> dice.of(List.of(1), List.of(2, 4), List.of(1, 2, 3, 5, 6, 7));
          case "MONTH" -> dice.of(List.of(1, 16), List.of(31), List.of(5, 10, 20, 25));
          default -> List.of();
        };
    long minimum =
        dice.percent(96) ? dice.of(0L, 1_500L, 3_000L, 5_000L) : dice.of(-1L, 1_000_001L);
    return new Settling.SetCalendar(
        dice.of(List.copyOf(world.programmes.keySet())),
        from,
        every,
        on,
        every.equals("ANY") && dice.percent(80) ? 0 : minimum);
  }

  /** The same run for a reason, where the calendar may be in its way. */
  Action run(Action.OpenRun a) {
    boolean bound = world.calendars.containsKey(a.programme());
    if (bound && dice.percent(45)) {
      return new Settling.OpenRunFor(
          a.run(), a.programme(), lastCutOff(a), dice.of("", "SCHEDULED"));
    }
    return dice.percent(bound ? 55 : 15)
        ? new Settling.OpenRunFor(a.run(), a.programme(), a.cutOffDay(), dice.of(OCCASIONS))
        : a;
  }

  /** The last day up to the run's own on which the programme settles. */
  private LocalDate lastCutOff(Action.OpenRun a) {
    Calendars calendars = new Calendars(world);
    for (int before = 0; before < 8; before++) {
      if (calendars.allows(a.programme(), a.cutOffDay().minusDays(before))) {
        return a.cutOffDay().minusDays(before);
      }
    }
    return a.cutOffDay();
  }

  /** What may get in the way of an action; null if nothing of this kind does. */
  @Nullable Action rivalOf(Action action) {
    return switch (action) {
      case Settling.SetCalendar a ->
          new Settling.SetCalendar(a.programme(), a.from(), "WEEK", List.of(3), 2_000);
      case Settling.OpenRunFor a ->
          new Settling.OpenRunFor(
              "exceptional-" + ++number, a.programme(), a.cutOffDay(), a.occasion());
      case Settling.HandOutRun a when dice.percent(25) -> new Action.CancelRun(a.run());
      default -> null;
    };
  }

  /** The same identifier with other contents; null if it is not of this kind. */
  static @Nullable Action altered(Action action) {
    return action instanceof Settling.OpenRunFor a
        ? new Settling.OpenRunFor(
            a.run(), a.programme(), a.cutOffDay(), a.occasion().equals("OTHER") ? "" : "OTHER")
        : null;
  }
}
