package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.NAME_NOT_READABLE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.PRESCRIBER_ALREADY_REGISTERED;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.ReadableText;
import java.time.Instant;

/** Looks at the prescriber's own identifier and nothing else. */
final class RegisterPrescriberDecision
    implements Decider<RegisterPrescriber, PrescriberRegistered> {
  private static final int LONGEST_NAME = 160;

  private final DistributionRegister register;

  RegisterPrescriberDecision(DistributionRegister register) {
    this.register = register;
  }

  @Override
  public Class<RegisterPrescriber> command() {
    return RegisterPrescriber.class;
  }

  @Override
  public Decision<PrescriberRegistered> decide(RegisterPrescriber c, Instant receivedAt) {
    PrescriberRegistered wanted =
        new PrescriberRegistered(c.prescriber(), c.name(), c.departement());
    Long registered = register.prescriber(c.prescriber());
    if (registered != null) {
      return Decision.known(
          registered,
          wanted,
          PRESCRIBER_ALREADY_REGISTERED.because(
              "prescriber",
              "prescriber %s is registered under another name or département"
                  .formatted(c.prescriber()),
              "choose another identifier for another prescriber"));
    }
    if (!ReadableText.fits(c.name(), LONGEST_NAME)) {
      return Decision.refuse(
          NAME_NOT_READABLE.because(
              "name",
              "a name is 1 to %d visible characters without a space at either end"
                  .formatted(LONGEST_NAME),
              "give the name as it should be printed"));
    }
    return Decision.accept(wanted, Boundary.of(wanted.tags()), wanted);
  }
}
