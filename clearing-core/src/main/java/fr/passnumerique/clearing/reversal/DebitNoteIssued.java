package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A venue is asked to pay back what no settlement netted in time (titre de perception). What it
 * names is not netted any more.
 *
 * @param issuedOn Europe/Paris
 * @param lines the oldest first
 * @param cents Σ of the lines
 * @param reference the structured creditor reference (ISO 11649) that its payment carries
 */
public record DebitNoteIssued(
    DebitNoteId debitNote,
    VenueId venue,
    ProgrammeId programme,
    LocalDate issuedOn,
    String issuedBy,
    List<Line> lines,
    long cents,
    @LeftOutWhenEmpty Optional<String> reference)
    implements Fact {

  /**
   * @param reversedOn Europe/Paris
   */
  public record Line(ReversalId reversal, Serial cheque, LocalDate reversedOn, long cents) {}

  @Override
  public Set<String> tags() {
    return Set.of("debit-note:" + debitNote, "reversals:" + venue, "runs:" + programme);
  }
}
