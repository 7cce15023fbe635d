package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank booked a transfer that it had said to have executed.
 *
 * @param bookedOn Europe/Paris
 */
public record TransferDebited(
    SettlementRunId run,
    TransferId transfer,
    LocalDate bookedOn,
    long amountCents,
    List<PaidCents> parts,
    BankEntry entry)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(bookedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "bank", entry.tag());
  }
}
