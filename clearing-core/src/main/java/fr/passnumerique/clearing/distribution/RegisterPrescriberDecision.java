package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.distribution.DistributionRefusal.NAME_NOT_READABLE;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.PRESCRIBER_ALREADY_REGISTERED;
import static fr.passnumerique.clearing.distribution.DistributionRefusal.SIRET_NOT_VALID;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.venues.Siret;
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
        new PrescriberRegistered(
            c.prescriber(),
            c.name(),
            c.departement(),
            c.siret().map(written -> Siret.of(written).map(Siret::digits).orElse(written)));
    Long registered = register.prescriber(c.prescriber());
    if (registered != null) {
      return Decision.known(
          registered,
          wanted,
          PRESCRIBER_ALREADY_REGISTERED.because(
              "prescriber",
              "prescriber %s is registered under another name, département or SIRET"
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
    if (wanted.siret().isPresent() && !Siret.isValid(wanted.siret().get())) {
      return Decision.refuse(
          SIRET_NOT_VALID.because(
              "siret",
              "a SIRET is 14 digits with a right check digit, got %s"
                  .formatted(Problem.shown(wanted.siret().get())),
              "correct it, or leave it out"));
    }
    return Decision.accept(wanted, Boundary.of(wanted.tags()), wanted);
  }
}
