package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank booked a transfer that it had said to have executed.
 *
 * <p>It happened on the later of the two days. Statuses are made after the day's bookings, so the
 * bank may say on the 3rd that it executed what a statement shows on the 2nd; carried over on the
 * 2nd, the account of executed transfers would be overdrawn in between, and what is recorded of the
 * 3rd is not changed. The proof by the bank's balances goes by the booking alone.
 *
 * @param bookedOn Europe/Paris
 * @param executedOn the day of its execution by the bank's word, if that is after the booking
 */
public record TransferDebited(
    SettlementRunId run,
    TransferId transfer,
    LocalDate bookedOn,
    long amountCents,
    List<PaidCents> parts,
    BankEntry entry,
    @LeftOutWhenEmpty Optional<LocalDate> executedOn)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return executedOn.or(() -> Optional.of(bookedOn));
  }

  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "bank", entry.tag());
  }
}
