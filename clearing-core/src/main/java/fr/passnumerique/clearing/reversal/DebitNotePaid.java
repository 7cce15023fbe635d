package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The venue paid a debit note: its lines are recovered and due back to their funders.
 *
 * @param paidOn the bank's booking date, Europe/Paris
 * @param lines those of the note whose reversal was not lifted since
 * @param cents Σ of the lines
 */
public record DebitNotePaid(
    DebitNoteId debitNote,
    VenueId venue,
    ProgrammeId programme,
    LocalDate paidOn,
    String recordedBy,
    List<VoidedLine> lines,
    long cents)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("debit-note:" + debitNote, "reversals:" + venue, "runs:" + programme);
  }
}
