package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** Venues that waive what they would be paid, by day of service. */
final class Waivers {
  private final World world;
  private final Map<String, TreeMap<LocalDate, Boolean>> said;

  Waivers(World world) {
    this.world = world;
    this.said = world.waivers;
  }

  Told set(Titling.SetWaiver a, LocalDate today) {
    if (!world.venues.containsKey(a.venue())) {
      return Told.refused("UNKNOWN_VENUE");
    }
    TreeMap<LocalDate, Boolean> days = said.computeIfAbsent(a.venue(), _ -> new TreeMap<>());
    if (days.containsKey(a.from()) && days.get(a.from()) == a.waives()) {
      return Told.again("");
    }
    String letter = a.venue() + " " + a.waives() + " " + a.letter();
    LocalDate before = world.letters.get(letter);
    if (before != null) {
      return before.equals(a.from()) ? Told.again("") : Told.refused("WAIVER_REUSED");
    }
    if (a.from().isBefore(today) || a.from().isAfter(today.plusYears(1))) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    if (a.waives() && waives(world, a.venue(), a.from())) {
      boolean ends =
          days.entrySet().stream()
              .anyMatch(said -> said.getKey().isAfter(a.from()) && !said.getValue());
      return ends ? Told.refused("WAIVER_ENDS") : Told.again("");
    }
    if (!a.waives() && !waives(world, a.venue(), a.from())) {
      return Told.refused("NOTHING_WAIVED");
    }
    if (!a.waives()) {
      // What was to begin or end later is taken back by an end.
      days.keySet().removeIf(day -> !day.isBefore(a.from()));
    }
    days.put(a.from(), a.waives());
    world.letters.put(letter, a.from());
    return Told.done("");
  }

  static boolean waives(World world, String venue, LocalDate servedOn) {
    boolean waives = false;
    for (Map.Entry<LocalDate, Boolean> one :
        world.waivers.getOrDefault(venue, new TreeMap<>()).entrySet()) {
      if (!one.getKey().isAfter(servedOn)) {
        waives = one.getValue();
      }
    }
    return waives;
  }
}
