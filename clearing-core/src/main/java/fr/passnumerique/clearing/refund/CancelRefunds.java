package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Gives up an order of refunds whose file nobody was given.
 *
 * @param by the account
 */
public record CancelRefunds(RefundOrderId order, String by) implements Command<RefundsCancelled> {}
