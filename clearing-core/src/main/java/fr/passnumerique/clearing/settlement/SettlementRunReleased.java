package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A second person let a settlement run go to the bank: final once its file was handed out.
 *
 * @param releasedBy the account, another than the one that opened the run
 * @param executionOn the day on which the bank is asked to pay: the first settlement day after the
 *     release
 * @param nettings lines that count as paid from here on
 * @param fileForm of its credit transfer file, which is the same for ever: 2 has the creditors'
 *     addresses; empty is the form before it, which has none
 */
public record SettlementRunReleased(
    SettlementRunId run,
    String releasedBy,
    LocalDate executionOn,
    @LeftOutWhenEmpty List<Netting> nettings,
    @LeftOutWhenEmpty Optional<Integer> fileForm)
    implements Fact {
  /** The form of files that are made from now on. */
  static final int WITH_ADDRESSES = 2;

  @Override
  public Set<String> tags() {
    return Set.of("run:" + run);
  }
}
