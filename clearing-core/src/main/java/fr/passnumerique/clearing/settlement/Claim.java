package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A reversed line whose cents the venue owes back.
 *
 * @param order of the reversed lines, the oldest first
 * @param transfer that was on its way to pay it when it was reversed: nothing is owed back before
 *     it is paid
 * @param reversedOn Europe/Paris, by recorded time
 */
record Claim(
    long order,
    ReversalId reversal,
    Reason reason,
    VenueId venue,
    ProgrammeId programme,
    long slip,
    Serial cheque,
    Optional<TransferId> transfer,
    LocalDate reversedOn,
    List<SpentCents> parts) {
  long cents() {
    return parts.stream().mapToLong(SpentCents::cents).sum();
  }

  VoidedLine line() {
    return new VoidedLine(venue, slip, cheque, parts);
  }
}
