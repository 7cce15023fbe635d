package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.List;
import java.util.Optional;

/**
 * What a run does not transfer to a venue because the venue owes as much for reversed lines: whole
 * lines against whole lines, the oldest of each first.
 *
 * @param transfer that pays the rest of the venue's lines; empty if there is no rest
 * @param slips the slips of {@code lines}, each with what of it is netted
 * @param lines accepted lines that count as paid once the run is released
 * @param paid the cents of {@code lines}, by the funders who pay them
 * @param claims reversed lines that are recovered by it
 * @param recovered the cents of {@code claims}, by the funders to whom they come back; the same sum
 */
public record Netting(
    VenueId venue,
    @LeftOutWhenEmpty Optional<TransferId> transfer,
    List<SettlementRunOpened.PaidSlip> slips,
    List<Serial> lines,
    List<SpentCents> paid,
    List<Serial> claims,
    List<SpentCents> recovered) {
  Netting within(Optional<TransferId> paidBy) {
    return new Netting(venue, paidBy, slips, lines, paid, claims, recovered);
  }

  public long cents() {
    return paid.stream().mapToLong(SpentCents::cents).sum();
  }
}
