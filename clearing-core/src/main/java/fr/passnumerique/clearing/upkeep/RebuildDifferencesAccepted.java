package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Two people accepted that other figures are shown from here on. The figures shown before stay
 * readable.
 *
 * @param proposedBy the account that found them right first
 * @param by the account that confirmed, another
 */
public record RebuildDifferencesAccepted(
    RebuildDifferences differences, String proposedBy, String by) implements Fact {
  /** Found by it, also by those who have no registers. */
  public static String tag(String rebuild) {
    return "rebuild:" + rebuild;
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(differences.rebuild().value()));
  }
}
