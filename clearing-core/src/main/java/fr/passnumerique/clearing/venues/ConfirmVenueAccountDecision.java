package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.venues.VenueRegister.Opening;
import fr.passnumerique.clearing.venues.VenueRegister.Proposal;
import java.time.Instant;
import java.util.Optional;

/**
 * The second pair of eyes on an account that money will go to. Boundary: as that of {@link
 * ProposeVenueAccountDecision}.
 */
final class ConfirmVenueAccountDecision implements Decider<ConfirmVenueAccount, PayeeAccount> {
  private final VenueRegister venues;

  ConfirmVenueAccountDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<ConfirmVenueAccount> command() {
    return ConfirmVenueAccount.class;
  }

  @Override
  public Decision<PayeeAccount> decide(ConfirmVenueAccount command, Instant receivedAt) {
    VenueId venue = command.venue();
    Optional<Refusal> refusal = ProposeVenueAccountDecision.refusal(venues, venue);
    if (refusal.isPresent()) {
      return Decision.refuse(refusal.get());
    }
    Proposal pending = venues.proposal(venue);
    if (pending == null) {
      Opening opened = venues.lastOpened(venue);
      return opened != null && opened.fact().account().equals(command.account())
          ? new Decision.Known<>(
              opened.position(),
              recorded -> new Decision.Reply.Same<>(PayeeAccount.of((VenueAccountOpened) recorded)))
          : Decision.refuse(ProposeVenueAccountDecision.nothingProposed(venue));
    }
    VenueAccountProposed proposed = pending.fact();
    if (!proposed.account().equals(command.account())) {
      return Decision.refuse(ProposeVenueAccountDecision.another(proposed));
    }
    if (proposed.proposedBy().equals(command.by())) {
      return Decision.refuse(
          VenueRefusal.SECOND_PERSON_NEEDED.because(
              "account",
              "account %s was proposed by this very account".formatted(proposed.account()),
              "have another clerk confirm it"));
    }
    VenueAccountOpened opened =
        new VenueAccountOpened(
            venue,
            proposed.account(),
            proposed.fingerprint(),
            Optional.of(proposed.proposedBy()),
            Optional.of(command.by()));
    return Decision.accept(
        opened, Boundary.of("venue:" + venue, "account:" + venue), PayeeAccount.of(opened));
  }
}
