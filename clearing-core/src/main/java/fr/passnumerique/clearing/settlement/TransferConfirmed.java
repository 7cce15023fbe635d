package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * The bank booked a transfer: paid.
 *
 * @param bookedOn the bank's booking date, Europe/Paris
 * @param voided cents of lines that were reversed meanwhile: paid, but their titles are void
 */
public record TransferConfirmed(
    SettlementRunId run,
    TransferId transfer,
    LocalDate bookedOn,
    long amountCents,
    List<PaidCents> parts,
    @LeftOutWhenEmpty List<PaidCents> voided)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer);
  }
}
