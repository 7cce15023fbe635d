package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Lets an order of refunds go to the bank.
 *
 * @param by the account
 */
public record ReleaseRefunds(RefundOrderId order, String by) implements Command<RefundsReleased> {}
