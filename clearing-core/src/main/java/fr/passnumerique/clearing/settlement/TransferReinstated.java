package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank paid a transfer that it had rejected: its lines, which nobody has paid since, are taken
 * out of what is owed and stand in the transfer again. Paying them once more would pay them twice.
 * What its rejection undid of the run's nettings stays undone: these lines are owed and these
 * claims are open, for the next run to net.
 *
 * @param voided its lines that were reversed on their way: their value had come back when it was
 *     rejected, and is the venue's to pay back again
 * @param paidOn the bank's day, Europe/Paris; empty in facts that were stored without it
 */
public record TransferReinstated(
    SettlementRunId run,
    TransferId transfer,
    ProgrammeId programme,
    long amountCents,
    List<SettlementRunOpened.PaidSlip> slips,
    List<PaidCents> parts,
    @LeftOutWhenEmpty List<VoidedLine> voided,
    @LeftOutWhenEmpty Optional<LocalDate> paidOn)
    implements Fact {
  /** On the day on which it is paid, or that day would have it paid and still owed. */
  @Override
  public Optional<LocalDate> happenedOn() {
    return paidOn;
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of("transfer:" + transfer, "runs:" + programme));
    voided.forEach(line -> tags.add("reversals:" + line.venue()));
    return tags;
  }
}
