package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Set;

/**
 * The contest of a reversal was decided against the venue.
 *
 * @param decidedBy the account, another than the one that reversed
 */
public record ReversalUpheld(ReversalId reversal, VenueId venue, String decidedBy) implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("reversal:" + reversal);
  }
}
