package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A reversal above the amount that one person may reverse alone. It moves nothing until a second
 * person confirms it.
 *
 * @param slip position of the slip's fact
 * @param note in the vault
 * @param proposedBy the account
 */
public record ReversalProposed(
    ReversalId reversal,
    VenueId venue,
    SlipReference reference,
    long slip,
    List<Line> lines,
    Reason reason,
    @LeftOutWhenEmpty Optional<VaultReference> note,
    String proposedBy,
    long cents)
    implements Fact {

  /**
   * @param line in the slip, from 1
   * @param spentIn département of spending
   */
  public record Line(int line, Serial cheque, Departement spentIn) {}

  /** What waits for a second person counts with what the same clerk reverses alone of the venue. */
  @Override
  public Set<String> tags() {
    return Set.of("reversal:" + reversal, "reversals:" + venue, SlipJudged.tag(venue, reference));
  }
}
