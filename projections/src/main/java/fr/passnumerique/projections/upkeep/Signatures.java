package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.upkeep.RebuildDifferencesAccepted;
import fr.passnumerique.projections.loop.SetAside;
import java.util.Map;

/** What two people signed, as the ledger has it now. */
final class Signatures {
  private final LedgerReader ledger;

  Signatures(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /** By position: the facts that the projection passes over. */
  Map<Long, SetAside.Signed> setAside(String projection) {
    return new SetAside(ledger).of(projection);
  }

  /** Whether anybody signed anything about a rebuild with this id. */
  boolean name(String rebuild) {
    return !ledger.tagged(RebuildDifferencesAccepted.tag(rebuild)).isEmpty();
  }

  /** The digest of those accepted last; empty if none are. */
  String acceptedDifferences(String rebuild) {
    String digest = "";
    for (var recorded : ledger.tagged(RebuildDifferencesAccepted.tag(rebuild))) {
      if (recorded.fact() instanceof RebuildDifferencesAccepted accepted) {
        digest = accepted.differences().digest();
      }
    }
    return digest;
  }
}
