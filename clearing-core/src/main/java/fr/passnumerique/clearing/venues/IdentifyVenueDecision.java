package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.venues.Identifications.Recorded;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first SIRET of a venue is recorded by one person, since nothing is paid before two opened an
 * account; one in its place only by two, since an account may be in force by then. Boundary: the
 * venue, and the venue that a list may make of the SIRET meanwhile. Two venues of one SIRET are not
 * merged: what each earned would have to move, and nothing moves but by facts of its own.
 */
final class IdentifyVenueDecision implements Decider<IdentifyVenue, Identification> {
  private static final String ASK_FOR_ACCOUNT =
      "nothing is to be done; ask for its account to be opened";

  private final VenueRegister venues;

  IdentifyVenueDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<IdentifyVenue> command() {
    return IdentifyVenue.class;
  }

  @Override
  public Decision<Identification> decide(IdentifyVenue command, Instant receivedAt) {
    VenueId venue = command.venue();
    VenueRegister.@Nullable Listed listed = venues.listed(venue);
    if (listed == null) {
      return Decision.refuse(VenueRefusal.unknown(venue, venues.named(venue), "venueId"));
    }
    Identifications known = venues.identifications(venue);
    Recorded<VenueIdentified> inForce = known.inForce();
    if (inForce == null) {
      return listed.fact().identifiedBy() == IdentifiedBy.SIRET
          ? Decision.refuse(already(venue, venue.value(), ASK_FOR_ACCOUNT))
          : first(command);
    }
    String siret = command.siret().digits();
    if (siret.equals(inForce.fact().siret())) {
      return inForce.answeredAsThen();
    }
    Optional<String> replaces = command.replaces().map(Siret::digits);
    if (replaces.filter(inForce.fact().siret()::equals).isPresent()) {
      return correction(command, known.proposed());
    }
    return known
        .last(then -> then.siret().equals(siret) && then.replaces().equals(replaces))
        .map(Recorded::answeredAsThen)
        .orElseGet(() -> Decision.refuse(another(venue, inForce.fact().siret(), replaces)));
  }

  private Decision<Identification> first(IdentifyVenue command) {
    if (command.replaces().isPresent()) {
      return Decision.refuse(
          VenueRefusal.NOT_IDENTIFIED.because(
              "replaces",
              "venue %s is identified by no SIRET that could be replaced"
                  .formatted(command.venue()),
              "leave replaces out"));
    }
    return unlessTaken(
        command, new VenueIdentified(command.venue(), command.siret().digits(), command.by()));
  }

  private Decision<Identification> correction(
      IdentifyVenue command, @Nullable Recorded<VenueIdentificationProposed> pending) {
    String siret = command.siret().digits();
    if (pending != null) {
      return pending.fact().siret().equals(siret)
          ? pending.answeredAsThen()
          : Decision.refuse(
              VenueRefusal.IDENTIFICATION_PENDING.because(
                  "siret",
                  "SIRET %s is proposed for venue %s already and awaits a second person"
                      .formatted(pending.fact().siret(), command.venue()),
                  "have it confirmed (confirmIdentification) or dropped (dropIdentification)"
                      + " first"));
    }
    return unlessTaken(
        command,
        new VenueIdentificationProposed(
            command.venue(),
            siret,
            command.replaces().map(Siret::digits).orElseThrow(),
            command.by()));
  }

  private Decision<Identification> unlessTaken(IdentifyVenue command, Fact wanted) {
    Optional<Refusal> taken = taken(venues, command.siret());
    return taken.isPresent()
        ? Decision.refuse(taken.get())
        : Decision.accept(
            wanted, boundary(command.venue(), command.siret()), Identification.of(wanted));
  }

  /** Empty unless the SIRET is a venue's. */
  static Optional<Refusal> taken(VenueRegister venues, Siret siret) {
    return Optional.ofNullable(venues.ofSiret(siret))
        .map(
            other ->
                VenueRefusal.SIRET_TAKEN.because(
                    "siret",
                    "SIRET %s is that of venue %s, and each is one venue's".formatted(siret, other),
                    "correct the SIRET, or have slips presented under venue %s from now on"
                        .formatted(other)));
  }

  static Boundary boundary(VenueId venue, Siret siret) {
    return Boundary.of("venue:" + venue, "venue:" + siret);
  }

  /** Another SIRET holds than the one that was sent, or than the one that it was to replace. */
  private static Refusal another(VenueId venue, String inForce, Optional<String> replaces) {
    String correct =
        "if that is wrong, send the right one with replaces %s, and have another clerk confirm it"
            .formatted(inForce);
    return replaces
        .map(
            former ->
                VenueRefusal.ALREADY_IDENTIFIED.because(
                    "replaces",
                    "venue %s is identified by SIRET %s and not by %s"
                        .formatted(venue, inForce, former),
                    correct))
        .orElseGet(() -> already(venue, inForce, ASK_FOR_ACCOUNT + "; " + correct));
  }

  private static Refusal already(VenueId venue, String siret, String remedy) {
    return VenueRefusal.ALREADY_IDENTIFIED.because(
        "venueId", "venue %s is identified by SIRET %s".formatted(venue, siret), remedy);
  }
}
