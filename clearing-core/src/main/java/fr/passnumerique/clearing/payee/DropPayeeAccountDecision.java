package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.PayeeRegister.Decided;
import fr.passnumerique.clearing.payee.PayeeRegister.Proposal;
import fr.passnumerique.clearing.payee.VenueAccountProposalDropped.Ground;
import java.time.Instant;
import java.util.Optional;

/** Boundary: the payee's accounts. That it is known needs no guard: it never becomes unknown. */
final class DropPayeeAccountDecision implements Decider<DropPayeeAccount, PayeeAccount> {
  private final PayeeRegister register;

  DropPayeeAccountDecision(PayeeRegister register) {
    this.register = register;
  }

  @Override
  public Class<DropPayeeAccount> command() {
    return DropPayeeAccount.class;
  }

  @Override
  public Decision<PayeeAccount> decide(DropPayeeAccount command, Instant receivedAt) {
    Payee payee = command.payee();
    Optional<Refusal> unknown = register.unknown(payee);
    if (unknown.isPresent()) {
      return Decision.refuse(unknown.get());
    }
    Proposal pending = register.proposal(payee);
    if (pending == null) {
      Decided dropped = register.lastDropped(payee);
      return dropped != null && dropped.account().equals(command.account())
          ? new Decision.Known<>(
              dropped.position(), recorded -> new Decision.Reply.Same<>(PayeeAccount.of(recorded)))
          : Decision.refuse(PayeeRefusal.nothingProposed(payee));
    }
    if (!pending.account().equals(command.account())) {
      return Decision.refuse(PayeeRefusal.another(payee));
    }
    Ground ground = pending.by().equals(command.by()) ? Ground.WITHDRAWN : Ground.REFUSED;
    Fact dropped = dropped(payee, command, ground);
    return Decision.accept(dropped, Boundary.of(payee.tag()), PayeeAccount.of(dropped));
  }

  private static Fact dropped(Payee payee, DropPayeeAccount c, Ground ground) {
    return switch (payee) {
      case Payee.Venue(var venue) ->
          new VenueAccountProposalDropped(venue, c.account(), ground, c.by());
      case Payee.Funder(var funder) ->
          new FunderAccountProposalDropped(funder, c.account(), ground, c.by());
    };
  }
}
