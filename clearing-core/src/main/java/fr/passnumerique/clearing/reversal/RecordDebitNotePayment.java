package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * The venue paid a debit note.
 *
 * @param paidOn the bank's booking date, Europe/Paris
 * @param by the account
 */
public record RecordDebitNotePayment(DebitNoteId debitNote, LocalDate paidOn, String by)
    implements Command<DebitNotePaid> {}
