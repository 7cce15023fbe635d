package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Command;

/**
 * Takes back a receipt that a clerk recorded by hand and the bank has not shown.
 *
 * @param by the account
 */
public record TakeReceiptBack(ReceiptId receipt, ReceiptTakenBack.Reason reason, String by)
    implements Command<ReceiptTakenBack> {}
