package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Venue;
import java.time.LocalDate;

/** Venues, their labels and accounts. */
final class Venues {
  private final World world;

  Venues(World world) {
    this.world = world;
  }

  Told list(Action.ListVenue a) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      venue = new Venue();
      world.venues.put(a.venue(), venue);
    } else if (a.points().stream().allMatch(venue::has)) {
      return Told.again("");
    }
    for (Action.Point point : a.points()) {
      venue.departementOfPoint.put(point.id(), point.departement());
    }
    return Told.done("");
  }

  Told label(Action.LabelVenue a, LocalDate today) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    if (a.from().isAfter(today.plusYears(1))) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    if (venue.labelledFrom != null) {
      return venue.labelledFrom.equals(a.from()) && venue.decision.equals(a.decision())
          ? Told.again("")
          : Told.refused("ALREADY_LABELLED");
    }
    venue.labelledFrom = a.from();
    venue.decision = a.decision();
    return Told.done("");
  }

  Told open(Action.OpenAccount a) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    if (venue.payable() && venue.iban.equals(a.iban())) {
      return Told.again("");
    }
    venue.iban = a.iban();
    venue.closed = false;
    return Told.done("");
  }
}
