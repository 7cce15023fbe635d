package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Gives up a proposed reversal.
 *
 * @param by the account
 */
public record DropReversal(ReversalId reversal, String by) implements Command<ReversalDropped> {}
