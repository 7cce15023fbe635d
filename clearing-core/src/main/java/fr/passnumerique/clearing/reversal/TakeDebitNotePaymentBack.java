package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Takes back that the venue paid a debit note, which a clerk had recorded and the bank never
 * showed.
 *
 * @param paidOn the day for which it was recorded, Europe/Paris
 * @param by the account
 */
public record TakeDebitNotePaymentBack(
    DebitNoteId debitNote, LocalDate paidOn, DebitNotePaymentTakenBack.Reason reason, String by)
    implements Command<DebitNotePaymentTakenBack> {}
