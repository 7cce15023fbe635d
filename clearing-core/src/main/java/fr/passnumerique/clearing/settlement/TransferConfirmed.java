package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The bank booked a transfer: paid.
 *
 * @param bookedOn the bank's booking date, Europe/Paris
 */
public record TransferConfirmed(
    SettlementRunId run,
    TransferId transfer,
    LocalDate bookedOn,
    long amountCents,
    List<PaidCents> parts)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer);
  }
}
