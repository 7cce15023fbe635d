package fr.passnumerique.clearing.venues;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.DecideLabel.About;
import fr.passnumerique.clearing.venues.LabelHistory.Entry;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes each venue one step along the label's life. Boundary: the label of every venue named, and
 * the venue itself, whose points of service a new list may add to.
 *
 * <p>Decisions follow each other in the order of their days, and none takes a label back for days
 * before the committee met: a service given while labelled stays payable.
 */
final class DecideLabelDecision implements Decider<DecideLabel, LabelsDecided> {
  private final VenueRegister venues;

  DecideLabelDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<DecideLabel> command() {
    return DecideLabel.class;
  }

  @Override
  public Decision<LabelsDecided> decide(DecideLabel command, Instant receivedAt) {
    Optional<Refusal> refusal = ofTheDecision(command, Paris.dayOf(receivedAt));
    List<Fact> facts = new ArrayList<>();
    Set<String> looked = new HashSet<>();
    for (About about : command.about()) {
      if (refusal.isPresent()) {
        return Decision.refuse(refusal.get());
      }
      looked.add("venue:" + about.venue());
      looked.add("label:" + about.venue());
      LabelDecided wanted = command.of(about);
      Optional<Entry> recorded = recorded(wanted);
      if (recorded.isEmpty()) {
        facts.add(wanted);
        refusal = ofTheVenue(wanted);
      } else {
        refusal = isSame(wanted, recorded.get()) ? Optional.empty() : Optional.of(reused(wanted));
      }
    }
    if (refusal.isPresent()) {
      return Decision.refuse(refusal.get());
    }
    LabelsDecided answer = new LabelsDecided(facts.size(), command.about().size() - facts.size());
    return facts.isEmpty()
        ? new Decision.Unchanged<>(answer)
        : new Decision.Accept<>(facts, Boundary.of(looked), answer);
  }

  /** Under the same reference, about the same. */
  private Optional<Entry> recorded(LabelDecided wanted) {
    return venues.label(wanted.venue()).entries().stream()
        .filter(entry -> entry.decision().equals(wanted.decision()))
        .filter(entry -> entry.points().equals(Set.copyOf(wanted.pointsOfService())))
        .findFirst();
  }

  private static boolean isSame(LabelDecided wanted, Entry recorded) {
    if (recorded.told().isEmpty()) {
      return wanted.state() == LabelState.LABELLED && wanted.from().equals(recorded.from());
    }
    LabelDecided told = recorded.told().get();
    return told.state() == wanted.state()
        && told.from().equals(wanted.from())
        && told.committeeOn().equals(wanted.committeeOn())
        && told.reason().equals(wanted.reason())
        && (told.note().equals(wanted.note())
            || wanted.note().filter(VaultReference.UNSEALED::equals).isPresent());
  }

  private static Optional<Refusal> ofTheDecision(DecideLabel command, LocalDate today) {
    LocalDate from = command.from();
    LocalDate latest = today.plusYears(1);
    if (from.isBefore(LabelVenuesDecision.EARLIEST) || from.isAfter(latest)) {
      return Optional.of(
          VenueRefusal.DATE_OUT_OF_RANGE.because(
              "from",
              "a decision holds from a day between %s and %s, not from %s"
                  .formatted(LabelVenuesDecision.EARLIEST, latest, from),
              "correct the date"));
    }
    LocalDate met = command.committeeOn();
    if (met.isBefore(LabelVenuesDecision.EARLIEST) || met.isAfter(today)) {
      return Optional.of(
          VenueRefusal.COMMITTEE_OUT_OF_RANGE.because(
              "committeeOn",
              "a committee met between %s and today, %s, not on %s"
                  .formatted(LabelVenuesDecision.EARLIEST, today, met),
              "give the day on its minutes"));
    }
    if (command.state().needsReason() != command.reason().isPresent()) {
      return Optional.of(
          VenueRefusal.REASON_REQUIRED.because(
              "reason",
              "a reason goes with SUSPENDED and WITHDRAWN, and with nothing else, not with %s"
                  .formatted(command.state()),
              command.state().needsReason() ? "give its code" : "leave it out"));
    }
    if (command.state().needsReason() && from.isBefore(met)) {
      return Optional.of(
          VenueRefusal.LABEL_TAKEN_BACK.because(
              "from",
              "services given while a venue is labelled stay payable: a decision of %s takes no"
                      .formatted(met)
                  + " label back from %s on".formatted(from),
              "let it hold from the committee's day or later"));
    }
    return Optional.empty();
  }

  private Optional<Refusal> ofTheVenue(LabelDecided wanted) {
    VenueRegister.@Nullable Listed listed = venues.listed(wanted.venue());
    if (listed == null) {
      return Optional.of(
          VenueRefusal.unknown(wanted.venue(), venues.named(wanted.venue()), "venues"));
    }
    List<PointOfServiceId> points =
        listed.fact().pointsOfService().stream().map(PointOfService::id).toList();
    for (PointOfServiceId named : wanted.pointsOfService()) {
      if (!points.contains(named)) {
        return Optional.of(
            VenueRefusal.UNKNOWN_POINT_OF_SERVICE.because(
                "pointsOfService",
                "%s is no point of service of venue %s".formatted(named, wanted.venue()),
                "name those that its last list has, or leave them out for the whole venue"));
      }
    }
    LabelHistory history = venues.label(wanted.venue());
    for (PointOfServiceId point :
        wanted.pointsOfService().isEmpty() ? points : wanted.pointsOfService()) {
      Optional<Entry> last = history.last(point);
      Set<LabelState> next = LabelState.after(last.map(Entry::state));
      if (!next.contains(wanted.state())) {
        return Optional.of(
            VenueRefusal.LABEL_STEP_NOT_ALLOWED.because(
                "state",
                "%s of venue %s is %s, and %s does not follow that"
                    .formatted(
                        point,
                        wanted.venue(),
                        last.map(entry -> entry.state().name()).orElse("no candidate yet"),
                        wanted.state()),
                "decide %s first, or leave it out"
                    .formatted(next.stream().map(LabelState::name).collect(joining(" or ")))));
      }
      if (last.isPresent() && wanted.from().isBefore(last.get().from())) {
        return Optional.of(outOfOrder(wanted.venue(), wanted.from(), last.get(), "from"));
      }
    }
    return Optional.empty();
  }

  static Refusal outOfOrder(VenueId venue, LocalDate from, Entry last, String field) {
    return VenueRefusal.LABEL_OUT_OF_ORDER.because(
        field,
        "decision %s on venue %s holds from %s, and a later one holds from that day or later, not"
                .formatted(last.decision(), venue, last.from())
            + " from %s".formatted(from),
        "let it hold from %s or later".formatted(last.from()));
  }

  private static Refusal reused(LabelDecided wanted) {
    return VenueRefusal.DECISION_REUSED.because(
        "decision",
        "decision %s on venue %s is recorded with other contents"
            .formatted(wanted.decision(), wanted.venue()),
        "record another decision under its own reference");
  }
}
