package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;

/** Boundary: the venue's regime. That it is listed needs no guard: it never becomes unknown. */
final class SetVatRegimeDecision implements Decider<SetVatRegime, VatRegimeSet> {
  private final VenueRegister venues;

  SetVatRegimeDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<SetVatRegime> command() {
    return SetVatRegime.class;
  }

  @Override
  public Decision<VatRegimeSet> decide(SetVatRegime command, Instant receivedAt) {
    VenueId venue = command.venue();
    if (venues.listed(venue) == null) {
      return Decision.refuse(VenueRefusal.unknown(venue, venues.named(venue), "venueId"));
    }
    LocalDate latest = Paris.dayOf(receivedAt).plusYears(1);
    LocalDate from = command.from();
    if (from.isBefore(LabelVenuesDecision.EARLIEST) || from.isAfter(latest)) {
      return Decision.refuse(
          VenueRefusal.DATE_OUT_OF_RANGE.because(
              "from",
              "a regime holds from a day between %s and %s, not from %s"
                  .formatted(LabelVenuesDecision.EARLIEST, latest, from),
              "correct the date"));
    }
    VatRegimeSet last = venues.vatRegime(venue);
    if (last != null && last.regime() == command.regime() && last.from().equals(from)) {
      return new Decision.Unchanged<>(last);
    }
    VatRegimeSet set = new VatRegimeSet(venue, command.regime(), from, command.by());
    return Decision.accept(set, Boundary.of("vat:" + venue), set);
  }
}
