package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank tells the debit of a transfer no more: it is in transit again, or executed by the bank's
 * word alone, as it was before. It is not owed again: the bank may yet debit it.
 *
 * @param debitedOn the day on which the debit counted, Europe/Paris
 * @param executedOn the day of its execution by the bank's word; empty if it is in transit again
 * @param entry the bank's booking that is told no more
 * @param statement that tells it no more
 * @param by the account
 */
public record TransferDebitTakenBack(
    SettlementRunId run,
    TransferId transfer,
    LocalDate debitedOn,
    long amountCents,
    List<PaidCents> parts,
    @LeftOutWhenEmpty Optional<LocalDate> executedOn,
    BankEntry entry,
    String statement,
    String by)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(debitedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "bank", entry.tag());
  }
}
