package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tells of venues, their labels and their accounts. */
final class VenuePlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;

  VenuePlot(World world, Dice dice, Days days, Cast cast) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
  }

  Action listVenue() {
    String venue =
        world.venues.size() < Cast.VENUES.size() && dice.percent(70)
            ? Cast.VENUES.get(world.venues.size())
            : dice.of(Cast.VENUES.subList(0, Math.max(1, world.venues.size())));
    List<Action.Point> points = new ArrayList<>();
    for (int point = dice.between(1, 2); point > 0; point--) {
      points.add(new Action.Point("point-" + dice.between(1, 4), dice.of(Cast.DEPARTEMENTS)));
    }
    if (points.size() == 2 && points.get(0).id().equals(points.get(1).id())) {
      points.removeLast();
    }
    return new Action.ListVenue(venue, points);
  }

  /**
   * Mostly the short way; else one step, mostly one that may follow, and back from a suspension.
   */
  Action label() {
    if (dice.percent(65)) {
      return labelAtOnce();
    }
    List<String> suspended =
        world.venues.entrySet().stream()
            .filter(venue -> !venue.getValue().labels.isEmpty())
            .filter(venue -> venue.getValue().labels.getLast().state().equals("SUSPENDED"))
            .map(Map.Entry::getKey)
            .toList();
    String name = suspended.isEmpty() || dice.percent(25) ? cast.venue() : dice.of(suspended);
    World.Venue venue = world.venues.get(name);
    String last = venue == null || venue.labels.isEmpty() ? "" : venue.labels.getLast().state();
    List<String> next = Venues.following(last);
    String state =
        dice.percent(8) ? "SUSPENDED" : dice.percent(80) ? next.getFirst() : next.getLast();
    return new Action.DecideLabel(
        name,
        state,
        days.today().plusDays(dice.of(-30, -3, -1, 0, 0, 0, 1, 5, 400)),
        dice.percent(90) ? cast.id("committee") : "decision-1",
        days.today().minusDays(dice.of(0, 0, 1, 5, -1)));
  }

  private Action labelAtOnce() {
    return new Action.LabelVenue(
        cast.venue(),
        days.today().plusDays(dice.of(-200, -200, -100, -20, -20, -3, 0, 1, 400)),
        dice.of("decision-1", "decision-2"));
  }

  /** Mostly what awaits a second person. */
  Action account() {
    List<Map.Entry<String, World.Venue>> proposed =
        world.venues.entrySet().stream()
            .filter(venue -> !venue.getValue().proposed.isEmpty())
            .toList();
    if (proposed.isEmpty() || dice.percent(25)) {
      return openAccount();
    }
    Map.Entry<String, World.Venue> one = dice.of(proposed);
    String iban = dice.percent(92) ? one.getValue().proposed : dice.of(Cast.IBANS);
    return dice.percent(88)
        ? new Action.ConfirmAccount(
            one.getKey(), iban, dice.percent(85) ? "second-clerk" : Action.CLERK)
        : new Action.DropAccount(one.getKey(), iban, "second-clerk");
  }

  Action openAccount() {
    List<String> unpaid =
        world.venues.entrySet().stream()
            .filter(venue -> !venue.getValue().payable())
            .map(Map.Entry::getKey)
            .toList();
    return openAccount(unpaid.isEmpty() || dice.percent(30) ? cast.venue() : dice.of(unpaid));
  }

  Action openAccount(String venue) {
    return new Action.OpenAccount(venue, dice.of(Cast.IBANS), dice.percent(60));
  }
}
