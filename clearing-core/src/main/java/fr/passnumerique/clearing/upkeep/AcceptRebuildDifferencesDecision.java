package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;

/**
 * Boundary: what was found right of this rebuild. Differences that have changed since they were
 * proposed or accepted are proposed anew, and take the place of those before.
 */
final class AcceptRebuildDifferencesDecision
    implements Decider<AcceptRebuildDifferences, AcceptedDifferences> {
  private final UpkeepRegister register;

  AcceptRebuildDifferencesDecision(UpkeepRegister register) {
    this.register = register;
  }

  @Override
  public Class<AcceptRebuildDifferences> command() {
    return AcceptRebuildDifferences.class;
  }

  @Override
  public Decision<AcceptedDifferences> decide(AcceptRebuildDifferences c, Instant receivedAt) {
    RebuildDifferences wanted = c.differences();
    UpkeepRegister.Recorded known = register.differences(wanted.rebuild());
    if (known != null
        && AcceptedDifferences.of(known.fact()).differences().digest().equals(wanted.digest())) {
      return new Decision.Known<>(
          known.position(), recorded -> reply(c, AcceptedDifferences.of(recorded)));
    }
    RebuildDifferencesProposed fact = new RebuildDifferencesProposed(wanted, c.by());
    return Decision.accept(fact, Boundary.of(fact.tags()), AcceptedDifferences.of(fact));
  }

  private static Decision.Reply<AcceptedDifferences> reply(
      AcceptRebuildDifferences c, AcceptedDifferences known) {
    return known.proposedBy().equals(c.by())
            || known.status() == AcceptedDifferences.Status.ACCEPTED
        ? new Decision.Reply.Same<>(known)
        : new Decision.Reply.Different<>(
            UpkeepRefusal.PROPOSAL_PENDING.because(
                "rebuild",
                "the differences of rebuild %s are found right by another and await a second person"
                    .formatted(c.differences().rebuild()),
                "confirm them with confirmRebuildDifferences"));
  }
}
