package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.List;
import java.util.Set;

/**
 * A settlement run was given up before its release: its lines are owed again. One fact, or several
 * in a row for a large run.
 *
 * @param part of {@code ofParts}, from 1; the first reopens the lines, each moves the cents it has
 * @param parts cents of the run's transfers, which are owed again
 * @param voided lines that were reversed meanwhile: never paid, so they are not owed and not
 *     claimed either
 */
public record SettlementRunCancelled(
    SettlementRunId run,
    ProgrammeId programme,
    String cancelledBy,
    int part,
    int ofParts,
    List<PaidCents> parts,
    @LeftOutWhenEmpty List<VoidedLine> voided)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("run:" + run, "runs:" + programme);
  }
}
