package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank says that it executed a transfer (status ACSC), and has not shown the debit yet: paid,
 * and still on the account.
 *
 * @param executedOn Europe/Paris
 * @param voided as in {@link TransferConfirmed}
 */
public record TransferExecuted(
    SettlementRunId run,
    TransferId transfer,
    LocalDate executedOn,
    long amountCents,
    List<PaidCents> parts,
    @LeftOutWhenEmpty List<VoidedLine> voided)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(executedOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of("transfer:" + transfer));
    voided.forEach(line -> tags.add("reversals:" + line.venue()));
    return tags;
  }
}
