package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.venues.VenueId;

/**
 * Asks a venue to pay back what was not netted in time.
 *
 * @param by the account
 */
public record IssueDebitNote(DebitNoteId debitNote, VenueId venue, ProgrammeId programme, String by)
    implements Command<DebitNoteIssued> {}
