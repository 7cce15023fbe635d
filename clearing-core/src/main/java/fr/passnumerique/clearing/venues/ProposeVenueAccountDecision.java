package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueRegister.Proposal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Boundary: the venue's accounts, proposed and in force, and the venue, which a new list may have
 * made payable or not. A transfer to the same IBAN that is rejected meanwhile need not be named:
 * what is confirmed opens the account whether or not it was closed.
 */
final class ProposeVenueAccountDecision implements Decider<ProposeVenueAccount, PayeeAccount> {
  private final VenueRegister venues;

  ProposeVenueAccountDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<ProposeVenueAccount> command() {
    return ProposeVenueAccount.class;
  }

  @Override
  public Decision<PayeeAccount> decide(ProposeVenueAccount command, Instant receivedAt) {
    VenueId venue = command.venue();
    Optional<Refusal> refusal = refusal(venues, venue);
    if (refusal.isPresent()) {
      return Decision.refuse(refusal.get());
    }
    Proposal pending = venues.proposal(venue);
    if (pending != null) {
      return command.isOf(pending.fact())
          ? new Decision.Known<>(
              pending.position(),
              recorded ->
                  new Decision.Reply.Same<>(PayeeAccount.of((VenueAccountProposed) recorded)))
          : Decision.refuse(
              VenueRefusal.ACCOUNT_PROPOSAL_PENDING.because(
                  "venueId",
                  "account %s is proposed for venue %s and awaits a second person"
                      .formatted(pending.fact().account(), venue),
                  "have it confirmed or dropped first"));
    }
    // A new holder of the same IBAN is a new entry of the vault, hence a change.
    Optional<VenueAccountOpened> inForce =
        venues.openAccount(venue).filter(open -> open.account().equals(command.account()));
    if (inForce.isPresent()) {
      return new Decision.Unchanged<>(PayeeAccount.of(inForce.get()));
    }
    VenueAccountProposed wanted =
        new VenueAccountProposed(
            venue, command.account(), command.fingerprint(), command.by(), command.proposer());
    return Decision.accept(
        wanted, Boundary.of("venue:" + venue, "account:" + venue), PayeeAccount.of(wanted));
  }

  /** Why the venue can have no account; empty if it can. */
  static Optional<Refusal> refusal(VenueRegister venues, VenueId venue) {
    VenueRegister.@Nullable Listed known = venues.listed(venue);
    if (known == null) {
      return Optional.of(unknown(venue, "venueId"));
    }
    if (!venues.isPayable(venue)) {
      return Optional.of(
          VenueRefusal.VENUE_NOT_PAYABLE.because(
              "venueId",
              "venue %s is known by %s only, and a venue is paid when it is identified by a SIRET"
                  .formatted(
                      venue,
                      known.fact().identifiedBy() == IdentifiedBy.NONE
                          ? "its list"
                          : "its " + known.fact().identifiedBy()),
              "identify it by its SIRET (identifyVenue) and open the account then"));
    }
    return Optional.empty();
  }

  static Refusal unknown(VenueId venue, String field) {
    return Refusal.of(
        VenueRefusal.UNKNOWN_VENUE,
        field,
        "venue %s is on no list that was imported".formatted(venue),
        "import a list that has it, or correct the identifier");
  }

  static Refusal nothingProposed(VenueId venue) {
    return VenueRefusal.NO_ACCOUNT_PROPOSED.because(
        "venueId",
        "no account is proposed for venue %s".formatted(venue),
        "propose one, or look whether it is in force already");
  }

  static Refusal another(VenueAccountProposed pending) {
    return VenueRefusal.ACCOUNT_PROPOSAL_DIFFERS.because(
        "account",
        "account %s is proposed for venue %s, not the one that was named"
            .formatted(pending.account(), pending.venue()),
        "read the proposed account again and decide on that");
  }
}
