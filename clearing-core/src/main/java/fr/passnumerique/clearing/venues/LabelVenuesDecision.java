package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.LabelHistory.Entry;
import fr.passnumerique.clearing.venues.LabelVenues.AllOf;
import fr.passnumerique.clearing.venues.LabelVenues.These;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Boundary: the label of every venue named, and for all of a source which venues it has. That a
 * venue is known needs no guard: it never becomes unknown.
 */
final class LabelVenuesDecision implements Decider<LabelVenues, VenuesLabelled> {
  static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

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
      if (decided(venue).isEmpty()) {
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
        return Optional.of(VenueRefusal.unknown(venue, venues.named(venue), "venues"));
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
    LocalDate latest = Paris.dayOf(receivedAt).plusYears(1);
    LocalDate from = command.labelledFrom();
    if (from.isBefore(EARLIEST) || from.isAfter(latest)) {
      return Optional.of(
          Refusal.of(
              VenueRefusal.DATE_OUT_OF_RANGE,
              "labelledFrom",
              "a label begins between %s and %s, not on %s".formatted(EARLIEST, latest, from),
              "correct the date"));
    }
    for (VenueId venue : named) {
      Optional<Entry> decided = decided(venue);
      if (command.which() instanceof These
          && decided.filter(entry -> !isOf(entry, command)).isPresent()) {
        return Optional.of(alreadyLabelled(venue, decided.get(), command));
      }
      Optional<Entry> last =
          venues.label(venue).entries().stream()
              .filter(entry -> entry.from().isAfter(from))
              .reduce((_, later) -> later);
      if (decided.isEmpty() && last.isPresent()) {
        return Optional.of(DecideLabelDecision.outOfOrder(venue, from, last.get(), "labelledFrom"));
      }
    }
    return Optional.empty();
  }

  /**
   * The decision by which it was labelled, or lost its label; empty for a candidate. Whoever lost
   * it gets it back by {@link DecideLabel} only, which names why.
   */
  private Optional<Entry> decided(VenueId venue) {
    return venues.label(venue).entries().stream()
        .filter(
            entry -> entry.state() != LabelState.CANDIDATE && entry.state() != LabelState.ELIGIBLE)
        .findFirst();
  }

  private static boolean isOf(Entry entry, LabelVenues command) {
    return entry.state() == LabelState.LABELLED
        && entry.points().isEmpty()
        && entry.from().equals(command.labelledFrom())
        && entry.decision().equals(command.decision());
  }

  private static Refusal alreadyLabelled(VenueId venue, Entry other, LabelVenues command) {
    return Refusal.of(
        VenueRefusal.ALREADY_LABELLED,
        "venues",
        "venue %s is %s from %s by decision %s, not labelled from %s by %s"
            .formatted(
                venue,
                other.state().name().toLowerCase(Locale.ROOT),
                other.from(),
                other.decision(),
                command.labelledFrom(),
                command.decision()),
        "leave it out, or record what was decided since by decideLabel");
  }
}
