package fr.passnumerique.projections.accounts;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator would owe whom if it stopped at a position of the ledger, and whether the cash
 * is there: what a liquidator needs. In integer cents.
 *
 * <p>{@code bankCents} = {@code claimsCents} + {@code remaindersCents} + {@code unexplainedCents}:
 * all that is on the account is a venue's, a funder's, or of the bank's yet to be explained.
 *
 * @param position of the last fact in it, 0 before the first
 * @param recordedAt of that fact, UTC; left out before the first
 * @param covered whether nobody's cash is short, by an agreement's or by what the bank took
 *     unexplained
 * @param missingCents what is short in all
 * @param bankCents on the ring-fenced account, by the ledger
 * @param claimsCents of all venues
 * @param remaindersCents of all funders
 * @param unexplainedCents what the bank booked and nobody has explained: above zero if more came in
 *     than went out
 * @param caveats what must be known beside the figures; left out if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WindDown(
    long position,
    @Nullable Instant recordedAt,
    boolean covered,
    long missingCents,
    long bankCents,
    long claimsCents,
    long remaindersCents,
    long unexplainedCents,
    List<OfVenue> venues,
    List<OfFunder> funders,
    @Nullable Caveats caveats) {

  /**
   * A venue's claim.
   *
   * @param owedCents accepted and in no transfer
   * @param undebitedCents in transfers that no statement shows as debited: in transit, or executed
   *     by the bank's word
   * @param claimCents the sum of both
   * @param receivableCents what the venue owes for lines that were reversed after they were paid,
   *     or on their way and so among the claim; not taken off the claim
   */
  public record OfVenue(
      String venue,
      String name,
      long owedCents,
      long undebitedCents,
      long claimCents,
      long receivableCents) {}

  /**
   * What is left of one funder's cash for one agreement.
   *
   * @param bankCents its cash on the ring-fenced account
   * @param claimsCents what of it is venues'
   * @param unallocatedCents never set aside for cheques; below zero while cash is missing
   * @param dueBackCents of expired, opposed or void cheques, not refunded yet
   * @param outstandingCents set aside for activated cheques that nobody has presented: the funder's
   *     once they can be presented no more
   * @param remainderCents the sum of the three
   * @param toRecoverCents what venues owe for reversed lines and would come back to it: no cash
   * @param missingCents how much of its cash is short; 0 if it is covered
   */
  public record OfFunder(
      String funder,
      String name,
      String agreement,
      long bankCents,
      long claimsCents,
      long unallocatedCents,
      long dueBackCents,
      long outstandingCents,
      long remainderCents,
      long toRecoverCents,
      long missingCents) {}
}
