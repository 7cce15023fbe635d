package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Further transfers of the settlement run whose {@link SettlementRunOpened} stands just before: a
 * run is recorded in facts that a broker can carry.
 *
 * @param part from 1
 */
public record SettlementRunContinued(
    SettlementRunId run,
    ProgrammeId programme,
    int part,
    LocalDate executionOn,
    List<SettlementRunOpened.Transfer> transfers)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("run:" + run, "runs:" + programme);
  }
}
