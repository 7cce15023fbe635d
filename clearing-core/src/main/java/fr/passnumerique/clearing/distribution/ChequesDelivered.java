package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carnets, or what was left of some, went from the operator's stock to a prescriber's.
 *
 * @param deliveredOn Europe/Paris
 */
public record ChequesDelivered(
    DeliveryId delivery,
    PrescriberId prescriber,
    ChequeRange cheques,
    LocalDate deliveredOn,
    List<FundedCents> shares)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(deliveredOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("delivery:" + delivery, "batch:" + cheques.batch());
  }
}
