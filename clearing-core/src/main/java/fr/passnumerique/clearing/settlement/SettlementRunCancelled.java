package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.List;
import java.util.Set;

/**
 * A settlement run was given up before its file was handed out: its lines are owed again. One fact,
 * or several in a row for a large run.
 *
 * @param part of {@code ofParts}, from 1; the first reopens the lines, each moves the cents it has
 * @param parts cents of the run's transfers, which are owed again
 * @param voided lines that were reversed meanwhile: never paid, so they are not owed and not
 *     claimed either
 * @param nettings that its release had paid and that go with its transfers, which are undone; none
 *     of a run that was not released
 * @param kept transfers that keep the end they have, since the bank had debited them though nobody
 *     had the file
 */
public record SettlementRunCancelled(
    SettlementRunId run,
    ProgrammeId programme,
    String cancelledBy,
    int part,
    int ofParts,
    List<PaidCents> parts,
    @LeftOutWhenEmpty List<VoidedLine> voided,
    @LeftOutWhenEmpty List<Netting> nettings,
    @LeftOutWhenEmpty List<TransferId> kept)
    implements Fact {
  /** Before its release. */
  public SettlementRunCancelled(
      SettlementRunId run,
      ProgrammeId programme,
      String cancelledBy,
      int part,
      int ofParts,
      List<PaidCents> parts,
      List<VoidedLine> voided) {
    this(run, programme, cancelledBy, part, ofParts, parts, voided, List.of(), List.of());
  }

  @Override
  public Set<String> tags() {
    return Set.of("run:" + run, "runs:" + programme, TransferWord.FILES);
  }
}
