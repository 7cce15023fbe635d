package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.ledger.Refusal;
import java.util.Optional;

/**
 * Whether a run could be released, whoever asks: who opened it, or only reads it, learns what the
 * second person would be told. Nothing is recorded. Safe for any threads.
 */
public final class Releasable {
  private static final String NOBODY = "";

  private final Commands commands;

  Releasable(Commands commands) {
    this.commands = commands;
  }

  /**
   * @return why it would be refused now; empty if it would not
   */
  public Optional<Refusal> refusal(SettlementRunId run) {
    return switch (commands.rehearse(new ReleaseSettlementRun(run, NOBODY))) {
      case Outcome.Refused<SettlementRunReleased>(var refusal) -> Optional.of(refusal);
      case Outcome.Recorded<SettlementRunReleased> _ -> Optional.empty();
    };
  }
}
