package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;
import java.util.Set;

/** Boundary: what is proposed and set aside for the projection. */
final class ConfirmFactAsideDecision implements Decider<ConfirmFactAside, SettingAside> {
  private final UpkeepRegister register;

  ConfirmFactAsideDecision(UpkeepRegister register) {
    this.register = register;
  }

  @Override
  public Class<ConfirmFactAside> command() {
    return ConfirmFactAside.class;
  }

  @Override
  public Decision<SettingAside> decide(ConfirmFactAside c, Instant receivedAt) {
    UpkeepRegister.Recorded known =
        register.settingAside(c.projection(), c.position(), c.liftedAt());
    if (known == null) {
      return Decision.refuse(
          UpkeepRefusal.NOTHING_PROPOSED.because(
              "position",
              "nobody proposed that projection %s pass over the fact of position %d"
                  .formatted(c.projection(), c.position()),
              "propose it with setFactAside, and if it was taken back before, name that by"
                  + " liftedAt"));
    }
    if (!(known.fact() instanceof SettingAsideProposed proposed)) {
      return new Decision.Known<>(
          known.position(), recorded -> new Decision.Reply.Same<>(SettingAside.of(recorded)));
    }
    FactSetAside fact =
        new FactSetAside(c.projection(), c.position(), proposed.reason(), proposed.by(), c.by());
    return Decision.bySecondPerson(
        Set.of(proposed.by()),
        c.by(),
        UpkeepRefusal.SECOND_PERSON_NEEDED.because(
            "position",
            "that projection %s passes over the fact of position %d was proposed by you, and who proposes it does not confirm it"
                .formatted(c.projection(), c.position()),
            "have another clerk confirm it"),
        () -> Decision.accept(fact, Boundary.of(fact.tags()), SettingAside.of(fact)));
  }
}
