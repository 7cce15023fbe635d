package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Decides the contest of a reversal.
 *
 * @param by the account
 */
public record DecideContest(ReversalId reversal, Outcome outcome, String by)
    implements Command<DecideContest.Decided> {
  /** For whom a contest is decided. */
  public enum Outcome {
    /** For the operator: the reversal stays. */
    UPHELD,
    /** For the venue: it keeps its money, or is owed it again. */
    LIFTED
  }

  /**
   * @param owedAgainCents paid to the venue by a later run
   * @param forgivenCents no longer claimed from it
   */
  public record Decided(
      String reversal,
      Outcome outcome,
      String decidedBy,
      long owedAgainCents,
      long forgivenCents) {}
}
