package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * A second person let an order of refunds go to the bank: final once its file was handed out.
 *
 * @param releasedBy another account than the one that ordered it
 * @param executionOn the first settlement day after the release
 */
public record RefundsReleased(RefundOrderId order, String releasedBy, LocalDate executionOn)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(RefundsOrdered.tag(order));
  }
}
