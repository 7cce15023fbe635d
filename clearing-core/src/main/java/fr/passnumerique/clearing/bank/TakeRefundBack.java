package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Takes back that the bank debited the account for a credit note, which a clerk had recorded and
 * the bank never showed.
 *
 * @param paidOn the day on which it counts as refunded, Europe/Paris: another day's is another
 *     word, and not taken back by who sends this again late
 * @param by the account
 */
public record TakeRefundBack(
    CreditNoteId creditNote, LocalDate paidOn, RefundTakenBack.Reason reason, String by)
    implements Command<RefundTakenBack> {}
