package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.funding.NamedCalls;
import java.util.Optional;

/** Answers from the register. */
final class CallsByName implements NamedCalls {
  private final CallsRegister register;

  CallsByName(CallsRegister register) {
    this.register = register;
  }

  @Override
  public Optional<Named> find(String call) {
    CalledFunds.Call found = register.called().find(call);
    return found == null
        ? Optional.empty()
        : Optional.of(
            new Named(
                found.fact().agreement(),
                found.fact().funder(),
                found.fact().reference(),
                found.openCents(),
                found.cancelled().isPresent()));
  }
}
