package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * An order comes to its end: where its cheques stood when its funders were told.
 *
 * @param endsOn J
 * @param announcedOn Europe/Paris
 */
public record ExpiryAnnounced(
    OrderId order, Batch batch, LocalDate endsOn, LocalDate announcedOn, Counts counts)
    implements Fact {

  /**
   * Cheques of the order.
   *
   * @param delivered to prescribers, whatever became of them
   * @param handedOut to persons, whatever became of them
   * @param startedCarnets with at least one cheque redeemed
   */
  public record Counts(
      int issued, int delivered, int handedOut, int redeemed, int startedCarnets) {}

  @Override
  public Set<String> tags() {
    return Set.of(ChequesExpired.tag(order));
  }
}
