package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.funding.FundingRefusal.FUNDER_ALREADY_REGISTERED;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;

/** Looks at the funder's own identifier and nothing else. */
final class RegisterFunderDecision implements Decider<RegisterFunder, FunderRegistered> {
  private final FundingRegister register;

  RegisterFunderDecision(FundingRegister register) {
    this.register = register;
  }

  @Override
  public Class<RegisterFunder> command() {
    return RegisterFunder.class;
  }

  @Override
  public Decision<FunderRegistered> decide(RegisterFunder c, Instant receivedAt) {
    FunderRegistered wanted = new FunderRegistered(c.funder(), c.name(), c.kind());
    Long registered = register.funder(c.funder());
    if (registered != null) {
      return Decision.known(
          registered,
          wanted,
          FUNDER_ALREADY_REGISTERED.because(
              "funder",
              "funder %s is registered under another name or kind".formatted(c.funder()),
              "choose another identifier for another funder"));
    }
    Refusal refusal = Bounds.name(c.name());
    return refusal == null
        ? Decision.accept(wanted, Boundary.of(wanted.tags()), wanted)
        : Decision.refuse(refusal);
  }
}
