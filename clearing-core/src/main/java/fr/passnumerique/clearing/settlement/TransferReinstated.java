package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.List;
import java.util.Set;

/**
 * The bank paid a transfer that it had rejected: its lines, which nobody has paid since, are taken
 * out of what is owed and stand in the transfer again. Paying them once more would pay them twice.
 */
public record TransferReinstated(
    SettlementRunId run,
    TransferId transfer,
    ProgrammeId programme,
    long amountCents,
    List<SettlementRunOpened.PaidSlip> slips,
    List<PaidCents> parts)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("transfer:" + transfer, "runs:" + programme);
  }
}
