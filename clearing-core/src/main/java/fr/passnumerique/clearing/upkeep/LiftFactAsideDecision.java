package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;

/** Boundary: what is proposed and set aside for the projection. */
final class LiftFactAsideDecision implements Decider<LiftFactAside, SettingAside> {
  private final UpkeepRegister register;

  LiftFactAsideDecision(UpkeepRegister register) {
    this.register = register;
  }

  @Override
  public Class<LiftFactAside> command() {
    return LiftFactAside.class;
  }

  @Override
  public Decision<SettingAside> decide(LiftFactAside c, Instant receivedAt) {
    UpkeepRegister.Recorded known = register.lifting(c.projection(), c.position(), c.liftedAt());
    if (known != null) {
      return new Decision.Known<>(
          known.position(), recorded -> reply(c, SettingAside.of(recorded)));
    }
    UpkeepRegister.Recorded last =
        register.settingAside(c.projection(), c.position(), c.liftedAt());
    if (last == null || !(last.fact() instanceof FactSetAside aside)) {
      return Decision.refuse(
          UpkeepRefusal.NOT_SET_ASIDE.because(
              "position",
              "projection %s does not pass over the fact of position %d"
                  .formatted(c.projection(), c.position()),
              "read with readProjectionLag which facts it passes over"));
    }
    SettingAsideLiftingProposed fact =
        new SettingAsideLiftingProposed(c.projection(), c.position(), aside.reason(), c.by());
    return Decision.accept(fact, Boundary.of(fact.tags()), SettingAside.of(fact));
  }

  private static Decision.Reply<SettingAside> reply(LiftFactAside c, SettingAside known) {
    return known.proposedBy().equals(c.by()) || known.status() == SettingAside.Status.LIFTED
        ? new Decision.Reply.Same<>(known)
        : new Decision.Reply.Different<>(
            UpkeepRefusal.PROPOSAL_PENDING.because(
                "position",
                "that projection %s takes the fact of position %d again is proposed by another and awaits a second person"
                    .formatted(c.projection(), c.position()),
                "confirm it with confirmLiftFactAside"));
  }
}
