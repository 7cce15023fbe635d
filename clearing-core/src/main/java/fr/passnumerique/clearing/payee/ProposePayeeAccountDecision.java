package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.PayeeRegister.Proposal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An account that the bank closed is proposed again only by who says why. Refused for ever, a payee
 * whose account was rejected for a day, by mistake or for a limit, would have to change its bank;
 * taken without a word, as it was, the next run pays to a closed account again, and money that
 * might be lost in one that has another holder by now goes there. So the one who proposes looks at
 * why the bank closed it, and the second person reads that before confirming.
 *
 * <p>Boundary: the payee's accounts, proposed and in force, the venue, which a new list may have
 * made payable or not, and every fact by which the bank closes an IBAN or a payee opens it; a
 * funder that is registered stays so.
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
    Optional<AccountsInForce.Closing> closing = register.closing(command.fingerprint());
    if (closing.isPresent() && command.reopening().isEmpty()) {
      return Decision.refuse(
          PayeeRefusal.closed(
              payee,
              closing.get(),
              "propose another account, or say by reopening why this one is to be paid to again"));
    }
    Fact wanted = wanted(command, closing.flatMap(_ -> command.reopening()));
    return Decision.accept(wanted, boundary(payee), PayeeAccount.of(wanted));
  }

  private static Fact wanted(ProposePayeeAccount c, Optional<Reopening> reopening) {
    return switch (c.payee()) {
      case Payee.Venue(var venue) ->
          new VenueAccountProposed(
              venue, c.account(), c.fingerprint(), c.by(), c.proposer(), reopening);
      case Payee.Funder(var funder) ->
          new FunderAccountProposed(funder, c.account(), c.fingerprint(), c.by(), reopening);
    };
  }

  static Boundary boundary(Payee payee) {
    Set<String> looked = new HashSet<>(AccountsInForce.TAGS);
    looked.add(payee.tag());
    if (payee instanceof Payee.Venue(var venue)) {
      looked.add("venue:" + venue);
    }
    return Boundary.of(looked);
  }
}
