package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.venues.Identifications.Recorded;
import java.time.Instant;

/** Boundary: the venue. That it is known needs no guard: it never becomes unknown. */
final class DropIdentificationDecision implements Decider<DropIdentification, Identification> {
  private final VenueRegister venues;

  DropIdentificationDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<DropIdentification> command() {
    return DropIdentification.class;
  }

  @Override
  public Decision<Identification> decide(DropIdentification command, Instant receivedAt) {
    VenueId venue = command.venue();
    if (venues.listed(venue) == null) {
      return Decision.refuse(VenueRefusal.unknown(venue, venues.named(venue), "venueId"));
    }
    String siret = command.siret().digits();
    Identifications known = venues.identifications(venue);
    Recorded<VenueIdentificationProposed> pending = known.proposed();
    if (pending == null || !pending.fact().siret().equals(siret)) {
      Recorded<VenueIdentificationDropped> dropped = known.lastDropped();
      return dropped != null && dropped.fact().siret().equals(siret)
          ? dropped.answeredAsThen()
          : Decision.refuse(
              ConfirmIdentificationDecision.notProposed(venue, command.siret(), pending));
    }
    VenueIdentificationDropped dropped =
        new VenueIdentificationDropped(venue, siret, pending.fact().replaces(), command.by());
    return Decision.accept(dropped, Boundary.of("venue:" + venue), Identification.of(dropped));
  }
}
