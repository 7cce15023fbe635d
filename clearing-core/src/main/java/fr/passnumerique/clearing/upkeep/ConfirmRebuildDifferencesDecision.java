package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;
import java.util.Set;

/** Boundary: what was found right of this rebuild. */
final class ConfirmRebuildDifferencesDecision
    implements Decider<ConfirmRebuildDifferences, AcceptedDifferences> {
  private final UpkeepRegister register;

  ConfirmRebuildDifferencesDecision(UpkeepRegister register) {
    this.register = register;
  }

  @Override
  public Class<ConfirmRebuildDifferences> command() {
    return ConfirmRebuildDifferences.class;
  }

  @Override
  public Decision<AcceptedDifferences> decide(ConfirmRebuildDifferences c, Instant receivedAt) {
    UpkeepRegister.Recorded known = register.differences(c.rebuild());
    if (known == null) {
      return Decision.refuse(
          UpkeepRefusal.NOTHING_PROPOSED.because(
              "rebuild",
              "nobody found differences of rebuild %s to be right".formatted(c.rebuild()),
              "propose them with acceptRebuildDifferences"));
    }
    if (!AcceptedDifferences.of(known.fact()).differences().digest().equals(c.digest())) {
      return Decision.refuse(
          UpkeepRefusal.DIFFERENCES_CHANGED.because(
              "digest",
              "other differences of rebuild %s than those named await a second person"
                  .formatted(c.rebuild()),
              "read them again with readRebuild and decide on those"));
    }
    if (!(known.fact() instanceof RebuildDifferencesProposed proposed)) {
      return new Decision.Known<>(
          known.position(),
          recorded -> new Decision.Reply.Same<>(AcceptedDifferences.of(recorded)));
    }
    RebuildDifferencesAccepted fact =
        new RebuildDifferencesAccepted(proposed.differences(), proposed.by(), c.by());
    return Decision.bySecondPerson(
        Set.of(proposed.by()),
        c.by(),
        UpkeepRefusal.SECOND_PERSON_NEEDED.because(
            "rebuild",
            "the differences of rebuild %s were found right by you, and a second person accepts them"
                .formatted(c.rebuild()),
            "have another clerk confirm them"),
        () -> Decision.accept(fact, Boundary.of(fact.tags()), AcceptedDifferences.of(fact)));
  }
}
