package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Boundary: the venue's account, and the venue, which a new list may have made payable or not. A
 * transfer to the same IBAN that is rejected meanwhile need not be named: what is recorded opens
 * the account whether or not it was closed.
 */
final class OpenVenueAccountDecision implements Decider<OpenVenueAccount, VenueAccountOpened> {
  private final VenueRegister venues;

  OpenVenueAccountDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<OpenVenueAccount> command() {
    return OpenVenueAccount.class;
  }

  @Override
  public Decision<VenueAccountOpened> decide(OpenVenueAccount command, Instant receivedAt) {
    VenueId venue = command.venue();
    VenueRegister.@Nullable Listed known = venues.listed(venue);
    if (known == null) {
      return Decision.refuse(unknown(venue, "venueId"));
    }
    if (!known.fact().payable()) {
      return Decision.refuse(
          Refusal.of(
              VenueRefusal.VENUE_NOT_PAYABLE,
              "venueId",
              "venue %s is known by its %s only, and a venue is paid when it is identified by a SIRET"
                  .formatted(venue, known.fact().identifiedBy()),
              "import it under its SIRET and open the account for that"));
    }
    VenueAccountOpened wanted =
        new VenueAccountOpened(venue, command.account(), command.fingerprint());
    // A new holder of the same IBAN is a new entry of the vault, hence a change.
    if (venues.openAccount(venue).filter(wanted::equals).isPresent()) {
      return new Decision.Unchanged<>(wanted);
    }
    return Decision.accept(wanted, Boundary.of("venue:" + venue, "account:" + venue), wanted);
  }

  static Refusal unknown(VenueId venue, String field) {
    return Refusal.of(
        VenueRefusal.UNKNOWN_VENUE,
        field,
        "venue %s is on no list that was imported".formatted(venue),
        "import a list that has it, or correct the identifier");
  }
}
