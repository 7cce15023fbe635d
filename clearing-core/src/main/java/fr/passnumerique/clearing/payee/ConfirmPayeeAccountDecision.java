package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.PayeeRegister.Decided;
import fr.passnumerique.clearing.payee.PayeeRegister.Proposal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The second pair of eyes on an account that money will go to, and on why it should if the bank
 * closed it. Closed since it was proposed, it is proposed anew: nobody has said why. Boundary: as
 * that of {@link ProposePayeeAccountDecision}.
 */
final class ConfirmPayeeAccountDecision implements Decider<ConfirmPayeeAccount, PayeeAccount> {
  private final PayeeRegister register;

  ConfirmPayeeAccountDecision(PayeeRegister register) {
    this.register = register;
  }

  @Override
  public Class<ConfirmPayeeAccount> command() {
    return ConfirmPayeeAccount.class;
  }

  @Override
  public Decision<PayeeAccount> decide(ConfirmPayeeAccount command, Instant receivedAt) {
    Payee payee = command.payee();
    Optional<Refusal> refusal = register.unpayable(payee);
    if (refusal.isPresent()) {
      return Decision.refuse(refusal.get());
    }
    Proposal pending = register.proposal(payee);
    if (pending == null) {
      Decided opened = register.lastOpened(payee);
      return opened != null && opened.account().equals(command.account())
          ? new Decision.Known<>(
              opened.position(), recorded -> new Decision.Reply.Same<>(PayeeAccount.of(recorded)))
          : Decision.refuse(PayeeRefusal.nothingProposed(payee));
    }
    if (!pending.account().equals(command.account())) {
      return Decision.refuse(PayeeRefusal.another(payee));
    }
    return Decision.bySecondPerson(
        Set.of(pending.by()),
        command.by(),
        PayeeRefusal.SECOND_PERSON_NEEDED.because(
            "account",
            "the account of %s was proposed by you, and who proposes one does not confirm it"
                .formatted(payee),
            "have another clerk confirm it"),
        () -> confirm(payee, pending, command.by()));
  }

  private Decision<PayeeAccount> confirm(Payee payee, Proposal pending, String by) {
    Optional<AccountsInForce.Closing> closing = register.closing(pending.fingerprint());
    if (closing.isPresent() && pending.reopening().isEmpty()) {
      return Decision.refuse(
          PayeeRefusal.closed(
              payee,
              closing.get(),
              "drop the proposal, and propose another account or this one with a reopening"));
    }
    Fact opened = opened(payee, pending, by);
    return Decision.accept(
        opened, ProposePayeeAccountDecision.boundary(payee), PayeeAccount.of(opened));
  }

  private static Fact opened(Payee payee, Proposal proposed, String by) {
    return switch (payee) {
      case Payee.Venue(var venue) ->
          new VenueAccountOpened(
              venue,
              proposed.account(),
              proposed.fingerprint(),
              Optional.of(proposed.by()),
              Optional.of(by));
      case Payee.Funder(var funder) ->
          new FunderAccountOpened(
              funder, proposed.account(), proposed.fingerprint(), proposed.by(), by);
    };
  }
}
