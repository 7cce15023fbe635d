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

  Told propose(Action.OpenAccount a) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    if (!venue.proposed.isEmpty()) {
      return venue.proposed.equals(a.iban())
          ? Told.again("")
          : Told.refused("ACCOUNT_PROPOSAL_PENDING");
    }
    if (venue.payable() && venue.iban.equals(a.iban())) {
      return Told.again("");
    }
    venue.proposed = a.iban();
    return Told.done("");
  }

  Told confirm(Action.ConfirmAccount a) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    if (venue.proposed.isEmpty()) {
      return venue.confirmed.equals(a.iban())
          ? Told.again("")
          : Told.refused("NO_ACCOUNT_PROPOSED");
    }
    if (!venue.proposed.equals(a.iban())) {
      return Told.refused("ACCOUNT_PROPOSAL_DIFFERS");
    }
    if (a.by().equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_NEEDED");
    }
    venue.iban = a.iban();
    venue.confirmed = a.iban();
    venue.closed = false;
    venue.proposed = "";
    return Told.done("");
  }

  Told drop(Action.DropAccount a) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    if (venue.proposed.isEmpty()) {
      return venue.dropped.equals(a.iban()) ? Told.again("") : Told.refused("NO_ACCOUNT_PROPOSED");
    }
    if (!venue.proposed.equals(a.iban())) {
      return Told.refused("ACCOUNT_PROPOSAL_DIFFERS");
    }
    venue.dropped = a.iban();
    venue.proposed = "";
    return Told.done("");
  }
}
