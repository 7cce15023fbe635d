package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.Optional;
import java.util.Set;

/**
 * The venue contests a reversal. What it owes back stays claimed, and no run nets it before the
 * contest is decided.
 *
 * @param contestedBy the account
 * @param note in the vault
 */
public record ReversalContested(
    ReversalId reversal,
    VenueId venue,
    String contestedBy,
    @LeftOutWhenEmpty Optional<VaultReference> note)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("reversal:" + reversal);
  }
}
