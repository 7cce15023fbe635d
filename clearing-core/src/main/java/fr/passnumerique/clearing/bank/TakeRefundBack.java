package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.ledger.Command;

/**
 * Takes back that the bank debited the account for a credit note, which a clerk had recorded and
 * the bank never showed.
 *
 * @param by the account
 */
public record TakeRefundBack(CreditNoteId creditNote, RefundTakenBack.Reason reason, String by)
    implements Command<RefundTakenBack> {}
