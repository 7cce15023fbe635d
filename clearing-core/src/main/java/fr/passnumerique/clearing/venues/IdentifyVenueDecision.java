package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueRegister.Identification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Boundary: the venue, and the venue that a list may make of the SIRET meanwhile. Two venues of one
 * SIRET are not merged: what each earned would have to move, and nothing moves but by facts of its
 * own.
 */
final class IdentifyVenueDecision implements Decider<IdentifyVenue, VenueIdentified> {
  private final VenueRegister venues;

  IdentifyVenueDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<IdentifyVenue> command() {
    return IdentifyVenue.class;
  }

  @Override
  public Decision<VenueIdentified> decide(IdentifyVenue command, Instant receivedAt) {
    VenueId venue = command.venue();
    VenueRegister.@Nullable Listed listed = venues.listed(venue);
    if (listed == null) {
      return Decision.refuse(VenueRefusal.unknown(venue, venues.named(venue), "venueId"));
    }
    Identification known = venues.identification(venue);
    if (known != null) {
      return new Decision.Known<>(
          known.position(),
          recorded ->
              ((VenueIdentified) recorded).siret().equals(command.siret().digits())
                  ? new Decision.Reply.Same<>((VenueIdentified) recorded)
                  : new Decision.Reply.Different<>(
                      already(venue, ((VenueIdentified) recorded).siret())));
    }
    if (listed.fact().identifiedBy() == IdentifiedBy.SIRET) {
      return Decision.refuse(already(venue, venue.value()));
    }
    VenueId other = venues.ofSiret(command.siret());
    if (other != null) {
      return Decision.refuse(
          VenueRefusal.SIRET_TAKEN.because(
              "siret",
              "SIRET %s is that of venue %s, and each is one venue's"
                  .formatted(command.siret(), other),
              "correct the SIRET, or have slips presented under venue %s from now on"
                  .formatted(other)));
    }
    VenueIdentified identified = new VenueIdentified(venue, command.siret().digits(), command.by());
    return Decision.accept(
        identified, Boundary.of("venue:" + venue, "venue:" + command.siret()), identified);
  }

  private static Refusal already(VenueId venue, String siret) {
    return VenueRefusal.ALREADY_IDENTIFIED.because(
        "venueId",
        "venue %s is identified by SIRET %s".formatted(venue, siret),
        "nothing is to be done; ask for its account to be opened");
  }
}
