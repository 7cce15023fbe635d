package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Asks no more for what is left of a call.
 *
 * @param by the account
 */
public record CancelCall(CallId call, FundsCallCancelled.Reason reason, String by)
    implements Command<FundsCallCancelled> {}
