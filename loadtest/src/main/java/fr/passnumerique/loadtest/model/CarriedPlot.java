package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Towards a payment that a run carries over to the next cut-off, since it is below the programme's
 * minimum, while the run pays others: by chance alone no programme has such a minimum on a day on
 * which it owes so little to one venue and more to another.
 */
final class CarriedPlot {
  /** Presented so many days ago, nothing waits for another cut-off. */
  private static final int RECENT_DAYS = 12;

  private final World world;
  private final Days days;
  private final Cast cast;
  private final VenuePlot venues;

  /** By programme, the minimum that was set for it. */
  private final Map<String, Long> minimums = new LinkedHashMap<>();

  CarriedPlot(World world, Days days, Cast cast, VenuePlot venues) {
    this.venues = venues;
    this.world = world;
    this.days = days;
    this.cast = cast;
  }

  /**
   * @param late it waits for no other cut-off
   */
  private record Payment(long cents, boolean late) {}

  /** A run that carries something over, by the minimum that was set for it; null if none would. */
  @Nullable Action straight() {
    for (Map.Entry<String, Long> one : minimums.entrySet()) {
      if (isCarried(owed(one.getKey()), one.getValue())) {
        return new Settling.OpenRunFor(cast.id("run"), one.getKey(), days.today(), "SCHEDULED");
      }
    }
    return null;
  }

  /** A minimum from tomorrow on; null if no programme owes so little to one and more to another. */
  @Nullable Action next() {
    for (String programme : world.programmes.keySet()) {
      List<Payment> owed = owed(programme);
      long minimum =
          1 + owed.stream().filter(one -> !one.late()).mapToLong(Payment::cents).min().orElse(0);
      if (isCarried(owed, minimum) && !Long.valueOf(minimum).equals(minimums.get(programme))) {
        LocalDate tomorrow = days.today().plusDays(1);
        minimums.put(programme, minimum);
        days.aimAt(tomorrow);
        return new Settling.SetCalendar(
            programme, tomorrow, "WEEK", List.of(1, 2, 3, 4, 5, 6, 7), minimum);
      }
    }
    return null;
  }

  /** An account for one of several venues that a programme owes; null if all have theirs. */
  @Nullable Action payable() {
    for (String programme : world.programmes.keySet()) {
      List<String> owed =
          world
              .debts()
              .filter(one -> one.cheque().batch.programme.equals(programme))
              .filter(one -> one.debt().isOwed())
              .map(one -> one.debt().venue)
              .distinct()
              .toList();
      for (String name : owed.size() > 1 ? owed : List.<String>of()) {
        World.Venue venue = world.venues.get(name);
        if (venue != null && !venue.payable()) {
          return venue.proposed.isEmpty()
              ? venues.openAccount(name)
              : new Action.ConfirmAccount(name, venue.proposed, "second-clerk");
        }
      }
    }
    return null;
  }

  /** Whether one is below the minimum and another is paid. */
  private static boolean isCarried(List<Payment> owed, long minimum) {
    return owed.stream().anyMatch(one -> !one.late() && one.cents() < minimum)
        && owed.stream().anyMatch(one -> one.late() || one.cents() >= minimum);
  }

  /** What goes to each account of what is owed since before today. */
  private List<Payment> owed(String programme) {
    Instant today = World.startOf(days.today());
    LocalDate recent = days.today().minusDays(RECENT_DAYS);
    Map<String, Payment> byIban = new TreeMap<>();
    world
        .debts()
        .filter(one -> one.cheque().batch.programme.equals(programme))
        .filter(one -> one.debt().isOwed() && one.debt().recordedAt.isBefore(today))
        .forEach(
            one -> {
              World.Venue venue = world.venues.get(one.debt().venue);
              if (venue != null && venue.payable()) {
                byIban.merge(
                    venue.iban,
                    new Payment(one.cents(), one.debt().presentedOn.isBefore(recent)),
                    (some, more) ->
                        new Payment(some.cents() + more.cents(), some.late() || more.late()));
              }
            });
    return List.copyOf(byIban.values());
  }
}
