package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Somebody found the differences of a rebuild to be right. What was shown before answers until a
 * second person confirms.
 *
 * @param by the account
 */
public record RebuildDifferencesProposed(RebuildDifferences differences, String by)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of(RebuildDifferences.tag(differences.rebuild()));
  }
}
