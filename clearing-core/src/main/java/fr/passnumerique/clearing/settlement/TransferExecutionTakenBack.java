package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank said that it executed a transfer and never debited it: a clerk has it from the bank that
 * it did not. It is in transit again, and not owed: what ends it is another word.
 *
 * @param executedOn the day of its execution by the bank's first word, Europe/Paris
 * @param by the account
 */
public record TransferExecutionTakenBack(
    SettlementRunId run,
    TransferId transfer,
    LocalDate executedOn,
    long amountCents,
    List<PaidCents> parts,
    WhyNotPaid reason,
    String by)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(executedOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "bank");
  }
}
