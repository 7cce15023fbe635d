package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Boundary: the venue, whose waivers are tagged with it. */
final class SetWaiverDecision implements Decider<SetWaiver, Waiver> {
  private final VenueRegister venues;

  SetWaiverDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<SetWaiver> command() {
    return SetWaiver.class;
  }

  @Override
  public Decision<Waiver> decide(SetWaiver command, Instant receivedAt) {
    VenueId venue = command.venue();
    if (venues.listed(venue) == null) {
      return Decision.refuse(VenueRefusal.unknown(venue, venues.named(venue), "venueId"));
    }
    LocalDate from = command.from();
    Waiver answer = new Waiver(venue, command.waives(), from);
    // Before the date is judged: a retry on a later day is answered as the first time.
    if (venues.waiver(venue).says(command.waives(), from)) {
      return new Decision.Unchanged<>(answer);
    }
    Optional<LocalDate> said = venues.waiver(venue).saidBy(command.reference(), command.waives());
    if (said.isPresent()) {
      return said.get().equals(from)
          ? new Decision.Unchanged<>(answer)
          : Decision.refuse(reused(command, said.get()));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    LocalDate latest = today.plusYears(1);
    if (from.isBefore(today) || from.isAfter(latest)) {
      return Decision.refuse(
          VenueRefusal.DATE_OUT_OF_RANGE.because(
              "from",
              "a waiver begins or ends on the day it is recorded or within a year, from %s to %s,"
                      .formatted(today, latest)
                  + " not on %s: what was served before stays owed or waived".formatted(from),
              "give %s or a later day".formatted(today)));
    }
    Optional<LocalDate> end = venues.waiver(venue).endAfter(from);
    if (command.waives() && venues.waiver(venue).on(from)) {
      return end.isEmpty()
          ? new Decision.Unchanged<>(new Waiver(venue, true, venues.waiver(venue).since(from)))
          : Decision.refuse(
              VenueRefusal.WAIVER_ENDS.because(
                  "from",
                  "venue %s waives on %s already, until the end announced for %s"
                      .formatted(venue, from, end.get()),
                  "to take that end back, record a waiver from %s on".formatted(end.get())));
    }
    if (!command.waives() && !venues.waiver(venue).on(from)) {
      return Decision.refuse(
          VenueRefusal.NOTHING_WAIVED.because(
              "from",
              "venue %s does not waive anything on %s".formatted(venue, from),
              "name a day of its waiver"));
    }
    Fact fact =
        command.waives()
            ? new VenueWaived(venue, from, command.reference(), command.by())
            : new VenueWaiverEnded(venue, from, command.reference(), command.by());
    return Decision.accept(fact, Boundary.of("venue:" + venue), answer);
  }

  private static Refusal reused(SetWaiver command, LocalDate said) {
    return VenueRefusal.WAIVER_REUSED.because(
        "reference",
        "by %s venue %s %s from %s, not from %s"
            .formatted(
                command.reference(),
                command.venue(),
                command.waives() ? "waives" : "ends its waiver",
                said,
                command.from()),
        "give the day of the statement, or the reference of another one");
  }
}
