package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Venue;
import java.time.LocalDate;
import java.util.List;

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
    for (World.Label label : venue.labels) {
      if (label.state().equals("LABELLED") || label.isLost()) {
        return label.state().equals("LABELLED")
                && label.from().equals(a.from())
                && label.decision().equals(a.decision())
            ? Told.again("")
            : Told.refused("ALREADY_LABELLED");
      }
    }
    if (venue.labels.stream().anyMatch(label -> label.from().isAfter(a.from()))) {
      return Told.refused("LABEL_OUT_OF_ORDER");
    }
    venue.decide(new World.Label("LABELLED", a.from(), a.decision(), null));
    return Told.done("");
  }

  Told decide(Action.DecideLabel a, LocalDate today) {
    if (a.from().isAfter(today.plusYears(1))) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    if (a.committeeOn().isAfter(today)) {
      return Told.refused("COMMITTEE_OUT_OF_RANGE");
    }
    World.Label wanted = new World.Label(a.state(), a.from(), a.decision(), a.committeeOn());
    if (wanted.isLost() && a.from().isBefore(a.committeeOn())) {
      return Told.refused("LABEL_TAKEN_BACK");
    }
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    for (World.Label label : venue.labels) {
      if (label.decision().equals(a.decision())) {
        boolean same =
            label.state().equals(a.state())
                && label.from().equals(a.from())
                && (label.committeeOn() == null || label.committeeOn().equals(a.committeeOn()));
        return same ? Told.again("") : Told.refused("DECISION_REUSED");
      }
    }
    String last = venue.labels.isEmpty() ? "" : venue.labels.getLast().state();
    if (!following(last).contains(a.state())) {
      return Told.refused("LABEL_STEP_NOT_ALLOWED");
    }
    if (!venue.labels.isEmpty() && a.from().isBefore(venue.labels.getLast().from())) {
      return Told.refused("LABEL_OUT_OF_ORDER");
    }
    venue.decide(wanted);
    return Told.done("");
  }

  static List<String> following(String state) {
    return switch (state) {
      case "CANDIDATE" -> List.of("ELIGIBLE", "WITHDRAWN");
      case "ELIGIBLE" -> List.of("LABELLED", "WITHDRAWN");
      case "LABELLED" -> List.of("SUSPENDED", "WITHDRAWN");
      case "SUSPENDED" -> List.of("LABELLED", "WITHDRAWN");
      default -> List.of("CANDIDATE");
    };
  }

  Told propose(Action.OpenAccount a) {
    Venue venue = world.venues.get(a.venue());
    return venue == null
        ? Told.refused("UNKNOWN_VENUE")
        : venue.propose(a.iban(), world.closedIbans.contains(a.iban()), a.reopening());
  }

  Told confirm(Action.ConfirmAccount a) {
    Venue venue = world.venues.get(a.venue());
    if (venue == null) {
      return Told.refused("UNKNOWN_VENUE");
    }
    Told told = venue.confirm(a.iban(), a.by(), world.closedIbans.contains(a.iban()));
    world.reopen(venue);
    return told;
  }

  Told drop(Action.DropAccount a) {
    Venue venue = world.venues.get(a.venue());
    return venue == null ? Told.refused("UNKNOWN_VENUE") : venue.drop(a.iban());
  }
}
