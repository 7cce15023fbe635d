package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.PayeeRegister.Proposal;
import java.time.Instant;
import java.util.Optional;

/**
 * Boundary: the payee's accounts, proposed and in force, and the venue, which a new list may have
 * made payable or not; a funder that is registered stays so. A transfer to the same IBAN that is
 * rejected meanwhile need not be named: what is confirmed opens the account whether or not it was
 * closed.
 */
final class ProposePayeeAccountDecision implements Decider<ProposePayeeAccount, PayeeAccount> {
  private final PayeeRegister register;

  ProposePayeeAccountDecision(PayeeRegister register) {
    this.register = register;
  }

  @Override
  public Class<ProposePayeeAccount> command() {
    return ProposePayeeAccount.class;
  }

  @Override
  public Decision<PayeeAccount> decide(ProposePayeeAccount command, Instant receivedAt) {
    Payee payee = command.payee();
    Optional<Refusal> refusal = register.unpayable(payee);
    if (refusal.isPresent()) {
      return Decision.refuse(refusal.get());
    }
    Proposal pending = register.proposal(payee);
    if (pending != null) {
      return command.account().equals(pending.account())
          ? new Decision.Known<>(
              pending.position(), recorded -> new Decision.Reply.Same<>(PayeeAccount.of(recorded)))
          : Decision.refuse(
              PayeeRefusal.ACCOUNT_PROPOSAL_PENDING.because(
                  payee.field(),
                  "another account is proposed for %s already and awaits a second person"
                      .formatted(payee),
                  "have it confirmed or dropped first"));
    }
    // A new holder of the same IBAN is a new entry of the vault, hence a change.
    Optional<PayeeAccount> inForce =
        register.inForce(payee).filter(open -> open.account().equals(command.account()));
    if (inForce.isPresent()) {
      return new Decision.Unchanged<>(inForce.get());
    }
    Fact wanted = wanted(command);
    return Decision.accept(wanted, boundary(payee), PayeeAccount.of(wanted));
  }

  private static Fact wanted(ProposePayeeAccount c) {
    return switch (c.payee()) {
      case Payee.Venue(var venue) ->
          new VenueAccountProposed(venue, c.account(), c.fingerprint(), c.by(), c.proposer());
      case Payee.Funder(var funder) ->
          new FunderAccountProposed(funder, c.account(), c.fingerprint(), c.by());
    };
  }

  static Boundary boundary(Payee payee) {
    return switch (payee) {
      case Payee.Venue(var venue) -> Boundary.of("venue:" + venue, payee.tag());
      case Payee.Funder _ -> Boundary.of(payee.tag());
    };
  }
}
