package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accepted lines of one slip are reversed (indu). Their cheques are void for good.
 *
 * @param slip position of the slip's fact
 * @param note in the vault
 * @param reversedBy the account
 * @param confirmedBy the second account, where the amount called for one
 * @param contestUntil the last day on which the venue can contest, Europe/Paris
 */
public record LinesReversed(
    ReversalId reversal,
    VenueId venue,
    SlipReference reference,
    long slip,
    List<ReversedLine> lines,
    Reason reason,
    @LeftOutWhenEmpty Optional<VaultReference> note,
    String reversedBy,
    @LeftOutWhenEmpty Optional<String> confirmedBy,
    LocalDate contestUntil)
    implements Fact {

  public long cents() {
    return lines.stream().mapToLong(ReversedLine::cents).sum();
  }

  /** What a run would take and what a transfer's end means change with it. */
  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add("reversal:" + reversal);
    tags.add("reversals:" + venue);
    tags.add(SlipJudged.tag(venue, reference));
    for (ReversedLine line : lines) {
      line.parts().forEach(part -> part.tags().forEach(tags::add));
      line.transfer().ifPresent(transfer -> tags.add("transfer:" + transfer));
    }
    return tags;
  }

  @Override
  public long[] chequesTouched() {
    return lines.stream().mapToLong(line -> line.cheque().key()).toArray();
  }
}
