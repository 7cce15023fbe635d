package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.ParisCalendar;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.venues.LabelVenues.AllOf;
import fr.passnumerique.clearing.venues.LabelVenues.These;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Boundary: the label of every venue named, and for all of a source which venues it has. That a
 * venue is known needs no guard: it never becomes unknown.
 */
final class LabelVenuesDecision implements Decider<LabelVenues, VenuesLabelled> {
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  private final VenueRegister venues;

  LabelVenuesDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<LabelVenues> command() {
    return LabelVenues.class;
  }

  @Override
  public Decision<VenuesLabelled> decide(LabelVenues command, Instant receivedAt) {
    Set<String> looked = new HashSet<>();
    Collection<VenueId> named =
        switch (command.which()) {
          case These(var these) -> new LinkedHashSet<>(these);
          case AllOf(var source) -> {
            looked.add(VenueListed.sourceTag(source));
            yield venues.ofSource(source);
          }
        };
    Optional<Refusal> refusal = refusalOf(command, named, receivedAt);
    if (refusal.isPresent()) {
      return Decision.refuse(refusal.get());
    }
    List<Fact> facts = new ArrayList<>();
    for (VenueId venue : named) {
      looked.add("label:" + venue);
      if (venues.label(venue).isEmpty()) {
        facts.add(new VenueLabelled(venue, command.labelledFrom(), command.decision()));
      }
    }
    VenuesLabelled answer = new VenuesLabelled(facts.size(), named.size() - facts.size());
    return facts.isEmpty()
        ? new Decision.Unchanged<>(answer)
        : new Decision.Accept<>(facts, Boundary.of(looked), answer);
  }

  private Optional<Refusal> refusalOf(
      LabelVenues command, Collection<VenueId> named, Instant receivedAt) {
    for (VenueId venue : named) {
      if (venues.listed(venue) == null) {
        return Optional.of(ProposeVenueAccountDecision.unknown(venue, "venues"));
      }
    }
    if (command.which() instanceof AllOf(var source) && named.isEmpty()) {
      return Optional.of(
          Refusal.of(
              VenueRefusal.UNKNOWN_SOURCE,
              "source",
              "no venue was imported under the label %s".formatted(source),
              "give the source of an import, or name the venues"));
    }
    LocalDate latest = ParisCalendar.dayOf(receivedAt).plusYears(1);
    LocalDate from = command.labelledFrom();
    if (from.isBefore(EARLIEST) || from.isAfter(latest)) {
      return Optional.of(
          Refusal.of(
              VenueRefusal.DATE_OUT_OF_RANGE,
              "labelledFrom",
              "a label begins between %s and %s, not on %s".formatted(EARLIEST, latest, from),
              "correct the date"));
    }
    if (command.which() instanceof These) {
      for (VenueId venue : named) {
        Optional<VenueLabelled> other =
            venues
                .label(venue)
                .filter(label -> !label.equals(new VenueLabelled(venue, from, command.decision())));
        if (other.isPresent()) {
          return Optional.of(
              Refusal.of(
                  VenueRefusal.ALREADY_LABELLED,
                  "venues",
                  "venue %s is labelled from %s by decision %s, not from %s by %s"
                      .formatted(
                          venue,
                          other.get().labelledFrom(),
                          other.get().decision(),
                          from,
                          command.decision()),
                  "leave it out"));
        }
      }
    }
    return Optional.empty();
  }
}
