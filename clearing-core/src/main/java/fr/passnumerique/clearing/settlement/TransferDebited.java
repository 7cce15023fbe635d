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
 * <p>It happened when it was booked, whatever day its status bears: what is on the bank account at
 * the end of a business day is the closing balance of that day's statement. Statuses are made after
 * the day's bookings, so the bank may say on the 3rd that it executed what a statement shows on the
 * 2nd. By business day the account of executed transfers is then overdrawn on the 2nd by what that
 * of transfers in transit still has, and the two, which are read together, come to what is not
 * debited. The road not taken, the later of the two days, had the bank's money leave on a day of
 * which no statement shows it.
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
    return Optional.of(bookedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "bank", entry.tag());
  }
}
