package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Lets a run go to the bank. The answer is the recorded fact.
 *
 * @param by the account that releases it
 */
public record ReleaseSettlementRun(SettlementRunId run, String by)
    implements Command<SettlementRunReleased> {}
