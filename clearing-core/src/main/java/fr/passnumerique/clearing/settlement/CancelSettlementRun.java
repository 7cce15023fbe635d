package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Gives a run up before its release. The answer is the first of the recorded facts.
 *
 * @param by the account that cancels it
 */
public record CancelSettlementRun(SettlementRunId run, String by)
    implements Command<SettlementRunCancelled> {}
