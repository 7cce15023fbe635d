package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.refund.RefundRegister.Opened;
import fr.passnumerique.clearing.refund.RefundRegister.Proposal;
import java.time.Instant;

/** The second pair of eyes on where money goes. Boundary: the funder's account. */
final class ConfirmFunderAccountDecision
    implements Decider<ConfirmFunderAccount, FunderAccountOpened> {
  private final RefundRegister register;

  ConfirmFunderAccountDecision(RefundRegister register) {
    this.register = register;
  }

  @Override
  public Class<ConfirmFunderAccount> command() {
    return ConfirmFunderAccount.class;
  }

  @Override
  public Decision<FunderAccountOpened> decide(ConfirmFunderAccount c, Instant receivedAt) {
    Proposal proposal = register.proposal(c.funder());
    if (proposal == null) {
      Opened opened = register.account(c.funder());
      // Sent again: nothing was proposed since this account confirmed the last one.
      return opened != null && opened.fact().confirmedBy().equals(c.by())
          ? new Decision.Known<>(
              opened.position(), fact -> new Decision.Reply.Same<>((FunderAccountOpened) fact))
          : Decision.refuse(
              RefundRefusal.NO_ACCOUNT_PROPOSED.because(
                  "funderId",
                  "no account of funder %s waits to be confirmed".formatted(c.funder()),
                  "propose one first"));
    }
    FunderAccountProposed proposed = proposal.fact();
    if (proposed.proposedBy().equals(c.by())) {
      return Decision.refuse(
          RefundRefusal.SECOND_PERSON_REQUIRED.because(
              "funderId",
              "account %s proposed the account of funder %s, and who proposes one does not confirm it"
                  .formatted(c.by(), c.funder()),
              "have another clerk confirm it"));
    }
    FunderAccountOpened opened =
        new FunderAccountOpened(
            c.funder(), proposed.account(), proposed.fingerprint(), proposed.proposedBy(), c.by());
    return Decision.accept(opened, Boundary.of(opened.tags()), opened);
  }
}
