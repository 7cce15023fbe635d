package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Command;

/**
 * The second person agrees with a proposed reversal: now it counts.
 *
 * @param by the account
 */
public record ConfirmReversal(ReversalId reversal, String by) implements Command<Reversal> {}
