package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.venues.VenueAccountProposalDropped.Ground;
import fr.passnumerique.clearing.venues.VenueRegister.Dropping;
import fr.passnumerique.clearing.venues.VenueRegister.Proposal;
import java.time.Instant;

/** Boundary: the venue's accounts. That it is listed needs no guard: it never becomes unknown. */
final class DropVenueAccountDecision implements Decider<DropVenueAccount, PayeeAccount> {
  private final VenueRegister venues;

  DropVenueAccountDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<DropVenueAccount> command() {
    return DropVenueAccount.class;
  }

  @Override
  public Decision<PayeeAccount> decide(DropVenueAccount command, Instant receivedAt) {
    VenueId venue = command.venue();
    if (venues.listed(venue) == null) {
      return Decision.refuse(ProposeVenueAccountDecision.unknown(venue, "venueId"));
    }
    Proposal pending = venues.proposal(venue);
    if (pending == null) {
      Dropping dropped = venues.lastDropped(venue);
      return dropped != null && dropped.fact().account().equals(command.account())
          ? new Decision.Known<>(
              dropped.position(),
              recorded ->
                  new Decision.Reply.Same<>(
                      PayeeAccount.of((VenueAccountProposalDropped) recorded)))
          : Decision.refuse(ProposeVenueAccountDecision.nothingProposed(venue));
    }
    VenueAccountProposed proposed = pending.fact();
    if (!proposed.account().equals(command.account())) {
      return Decision.refuse(ProposeVenueAccountDecision.another(proposed));
    }
    VenueAccountProposalDropped dropped =
        new VenueAccountProposalDropped(
            venue,
            proposed.account(),
            proposed.proposedBy().equals(command.by()) ? Ground.WITHDRAWN : Ground.REFUSED,
            command.by());
    return Decision.accept(dropped, Boundary.of("account:" + venue), PayeeAccount.of(dropped));
  }
}
