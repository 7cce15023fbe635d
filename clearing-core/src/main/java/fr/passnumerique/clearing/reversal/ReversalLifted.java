package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The contest of a reversal was decided for the venue. No cheque is spendable again; the lines
 * count as accepted again, and the venue has, or is owed again, what they came to.
 *
 * @param reference of the slip
 * @param decidedBy the account, another than the one that reversed
 * @param owedAgain lines whose value had come back to the funders: paid by a later run; of a line
 *     that was paid back in part, the cents of that part
 * @param forgiven lines whose value was still claimed: the venue keeps it, and it counts as paid;
 *     of a line that was paid back in part, the rest
 */
public record ReversalLifted(
    ReversalId reversal,
    VenueId venue,
    SlipReference reference,
    String decidedBy,
    List<VoidedLine> owedAgain,
    List<VoidedLine> forgiven)
    implements Fact {
  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add("reversal:" + reversal);
    tags.add("reversals:" + venue);
    Stream.concat(owedAgain.stream(), forgiven.stream())
        .flatMap(line -> line.parts().stream())
        .forEach(part -> tags.add("runs:" + part.programme()));
    return tags;
  }
}
