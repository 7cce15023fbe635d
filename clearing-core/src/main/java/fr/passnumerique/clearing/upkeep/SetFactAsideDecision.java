package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;

/** Boundary: what is proposed and set aside for the projection. */
final class SetFactAsideDecision implements Decider<SetFactAside, SettingAside> {
  private final UpkeepRegister register;

  SetFactAsideDecision(UpkeepRegister register) {
    this.register = register;
  }

  @Override
  public Class<SetFactAside> command() {
    return SetFactAside.class;
  }

  @Override
  public Decision<SettingAside> decide(SetFactAside c, Instant receivedAt) {
    UpkeepRegister.Recorded known =
        register.settingAside(c.projection(), c.position(), c.liftedAt());
    long liftedAt = register.liftedAt(c.projection(), c.position());
    if (known != null) {
      return new Decision.Known<>(
          known.position(), recorded -> reply(c, SettingAside.of(recorded), liftedAt));
    }
    // Once it was taken back it may be set aside anew, where the projection still cannot take it.
    if (c.liftedAt() != liftedAt) {
      return Decision.refuse(lifted(c, liftedAt));
    }
    if (!c.stoppedThere()) {
      return Decision.refuse(
          UpkeepRefusal.NOT_STOPPED_THERE.because(
              "position",
              "projection %s does not stand at the fact of position %d, and only the fact that it cannot take is set aside"
                  .formatted(c.projection(), c.position()),
              "read with readProjectionLag where it stands"));
    }
    SettingAsideProposed fact =
        new SettingAsideProposed(c.projection(), c.position(), c.reason(), c.by());
    return Decision.accept(fact, Boundary.of(fact.tags()), SettingAside.of(fact));
  }

  private static Decision.Reply<SettingAside> reply(
      SetFactAside c, SettingAside known, long liftedAt) {
    if (known.reason() == c.reason() && known.proposedBy().equals(c.by())) {
      return new Decision.Reply.Same<>(known);
    }
    if (c.liftedAt() != liftedAt) {
      return new Decision.Reply.Different<>(lifted(c, liftedAt));
    }
    return new Decision.Reply.Different<>(
        known.status() != SettingAside.Status.AWAITING_SECOND_PERSON
            ? UpkeepRefusal.ALREADY_SET_ASIDE.because(
                "position",
                "the fact of position %d is set aside for projection %s, for %s"
                    .formatted(c.position(), c.projection(), known.reason()),
                "nothing to do")
            : UpkeepRefusal.PROPOSAL_PENDING.because(
                "position",
                "that projection %s passes over the fact of position %d is proposed, for %s, and awaits a second person"
                    .formatted(c.projection(), c.position(), known.reason()),
                "confirm it with confirmFactAside"));
  }

  private static Refusal lifted(SetFactAside c, long liftedAt) {
    return UpkeepRefusal.LIFTED_SINCE.because(
        "liftedAt",
        "that projection %s passes over the fact of position %d was %s"
            .formatted(
                c.projection(),
                c.position(),
                liftedAt == 0 ? "never taken back" : "taken back at position " + liftedAt),
        liftedAt == 0
            ? "leave liftedAt out"
            : "nothing to do if the projection takes it now; to set it aside anew, say liftedAt="
                + liftedAt);
  }
}
