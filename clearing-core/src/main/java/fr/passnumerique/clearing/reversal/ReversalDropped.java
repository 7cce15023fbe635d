package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Set;

/**
 * A proposed reversal is given up before anybody confirmed it: its lines stand as they did.
 *
 * @param droppedBy the account: whoever proposed it, or another
 */
public record ReversalDropped(ReversalId reversal, VenueId venue, String droppedBy)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("reversal:" + reversal);
  }
}
