package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * The bank debited the account for a credit note.
 *
 * @param bookedOn the bank's date, Europe/Paris
 */
public record RefundCreditNote(CreditNoteId creditNote, LocalDate bookedOn)
    implements Command<CreditNoteRefunded> {}
