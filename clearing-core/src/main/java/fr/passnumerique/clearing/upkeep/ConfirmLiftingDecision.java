package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;
import java.util.Set;

/** Boundary: what is proposed and set aside for the projection. */
final class ConfirmLiftingDecision implements Decider<ConfirmLifting, SettingAside> {
  private final UpkeepRegister register;

  ConfirmLiftingDecision(UpkeepRegister register) {
    this.register = register;
  }

  @Override
  public Class<ConfirmLifting> command() {
    return ConfirmLifting.class;
  }

  @Override
  public Decision<SettingAside> decide(ConfirmLifting c, Instant receivedAt) {
    UpkeepRegister.Recorded known = register.lifting(c.projection(), c.position(), c.liftedAt());
    if (known != null && known.fact() instanceof SettingAsideLifted) {
      return new Decision.Known<>(
          known.position(), recorded -> new Decision.Reply.Same<>(SettingAside.of(recorded)));
    }
    if (known == null || !(known.fact() instanceof SettingAsideLiftingProposed proposed)) {
      return Decision.refuse(
          UpkeepRefusal.NOTHING_PROPOSED.because(
              "position",
              "nobody proposed that projection %s take the fact of position %d again"
                  .formatted(c.projection(), c.position()),
              "propose it with liftFactAside, and if it was taken back before, name that by"
                  + " liftedAt"));
    }
    SettingAsideLifted fact =
        new SettingAsideLifted(
            c.projection(), c.position(), proposed.reason(), proposed.by(), c.by());
    return Decision.bySecondPerson(
        Set.of(proposed.by()),
        c.by(),
        UpkeepRefusal.SECOND_PERSON_NEEDED.because(
            "position",
            "that projection %s takes the fact of position %d again was proposed by you, and who proposes it does not confirm it"
                .formatted(c.projection(), c.position()),
            "have another clerk confirm it"),
        () -> Decision.accept(fact, Boundary.of(fact.tags()), SettingAside.of(fact)));
  }
}
