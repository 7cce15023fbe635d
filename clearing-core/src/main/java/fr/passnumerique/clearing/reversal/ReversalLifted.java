package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
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
 * @param forgiven lines whose value was paid and still claimed: the venue keeps it; of a line that
 *     was paid back in part, the rest. Facts from before there was {@code unpaid} have those here
 *     as well: such a line counts as paid, and the transfer that pays it tells it as voided
 * @param unpaid lines whose value was claimed and is not paid, since their transfer is on its way
 *     or came back: nothing is claimed any more, and they are paid as any other; of a line that was
 *     paid back in part, the rest
 */
public record ReversalLifted(
    ReversalId reversal,
    VenueId venue,
    SlipReference reference,
    String decidedBy,
    List<VoidedLine> owedAgain,
    List<VoidedLine> forgiven,
    @LeftOutWhenEmpty List<VoidedLine> unpaid)
    implements Fact {
  public ReversalLifted {
    owedAgain = List.copyOf(owedAgain);
    forgiven = List.copyOf(forgiven);
    unpaid = List.copyOf(unpaid);
  }

  /** All its lines; one that was paid back in part is there twice. */
  public Stream<VoidedLine> lines() {
    return Stream.of(owedAgain, forgiven, unpaid).flatMap(List::stream);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>();
    tags.add("reversal:" + reversal);
    tags.add("reversals:" + venue);
    lines().flatMap(line -> line.parts().stream()).flatMap(SpentCents::tags).forEach(tags::add);
    return tags;
  }
}
