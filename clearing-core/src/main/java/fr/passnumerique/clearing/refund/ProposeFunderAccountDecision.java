package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.refund.RefundRegister.Opened;
import fr.passnumerique.clearing.refund.RefundRegister.Proposal;
import java.time.Instant;

/** Boundary: the funder's account. A funder that is registered stays so. */
final class ProposeFunderAccountDecision
    implements Decider<ProposeFunderAccount, FunderAccountProposed> {
  private final RefundRegister register;

  ProposeFunderAccountDecision(RefundRegister register) {
    this.register = register;
  }

  @Override
  public Class<ProposeFunderAccount> command() {
    return ProposeFunderAccount.class;
  }

  @Override
  public Decision<FunderAccountProposed> decide(ProposeFunderAccount c, Instant receivedAt) {
    if (!register.knowsFunder(c.funder())) {
      return Decision.refuse(
          RefundRefusal.UNKNOWN_FUNDER.because(
              "funderId",
              "funder %s is not registered".formatted(c.funder()),
              "register it first or correct the identifier"));
    }
    FunderAccountProposed proposed =
        new FunderAccountProposed(c.funder(), c.account(), c.fingerprint(), c.by());
    Proposal waiting = register.proposal(c.funder());
    if (waiting != null && waiting.fact().equals(proposed)) {
      return new Decision.Unchanged<>(proposed);
    }
    Opened opened = register.account(c.funder());
    if (waiting == null
        && opened != null
        && !opened.closed()
        && opened.fact().account().equals(c.account())) {
      // Sent again after it was confirmed: it is in force.
      return new Decision.Unchanged<>(proposed);
    }
    return Decision.accept(proposed, Boundary.of(proposed.tags()), proposed);
  }
}
