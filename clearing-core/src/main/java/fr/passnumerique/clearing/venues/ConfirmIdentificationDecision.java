package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.venues.Identifications.Recorded;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second pair of eyes on a SIRET that takes another's place. Boundary: as that of {@link
 * IdentifyVenueDecision}.
 */
final class ConfirmIdentificationDecision
    implements Decider<ConfirmIdentification, Identification> {
  private final VenueRegister venues;

  ConfirmIdentificationDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<ConfirmIdentification> command() {
    return ConfirmIdentification.class;
  }

  @Override
  public Decision<Identification> decide(ConfirmIdentification command, Instant receivedAt) {
    VenueId venue = command.venue();
    if (venues.listed(venue) == null) {
      return Decision.refuse(VenueRefusal.unknown(venue, venues.named(venue), "venueId"));
    }
    String siret = command.siret().digits();
    Identifications known = venues.identifications(venue);
    Recorded<VenueIdentificationProposed> pending = known.proposed();
    if (pending == null || !pending.fact().siret().equals(siret)) {
      return known
          .last(then -> then.siret().equals(siret) && then.replaces().isPresent())
          .map(Recorded::answeredAsThen)
          .orElseGet(() -> Decision.refuse(notProposed(venue, command.siret(), pending)));
    }
    return Decision.bySecondPerson(
        Set.of(pending.fact().proposedBy()),
        command.by(),
        VenueRefusal.SECOND_PERSON_NEEDED.because(
            "siret",
            "SIRET %s was proposed for venue %s by you, and who proposes one does not confirm it"
                .formatted(siret, venue),
            "have another clerk confirm it"),
        () -> confirm(command, pending.fact()));
  }

  private Decision<Identification> confirm(
      ConfirmIdentification command, VenueIdentificationProposed proposed) {
    Optional<Refusal> taken = IdentifyVenueDecision.taken(venues, command.siret());
    if (taken.isPresent()) {
      return Decision.refuse(taken.get());
    }
    VenueIdentified corrected =
        new VenueIdentified(
            proposed.venue(),
            proposed.siret(),
            proposed.proposedBy(),
            Optional.of(proposed.replaces()),
            Optional.of(command.by()));
    return Decision.accept(
        corrected,
        IdentifyVenueDecision.boundary(command.venue(), command.siret()),
        Identification.of(corrected));
  }

  static Refusal notProposed(
      VenueId venue, Siret siret, @Nullable Recorded<VenueIdentificationProposed> pending) {
    return VenueRefusal.IDENTIFICATION_NOT_PROPOSED.because(
        "siret",
        "SIRET %s is not proposed for venue %s".formatted(siret, venue)
            + (pending == null ? "" : ", but " + pending.fact().siret()),
        "read what is proposed (readWorklist), or propose it (identifyVenue with replaces)");
  }
}
