package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which facts a projection passes over, because two people signed that it cannot take them. Read
 * from the ledger itself and not from where the projection stands: also one that is folded anew
 * passes over them before it has come to the signature.
 */
public final class SetAside {
  private final LedgerReader ledger;

  public SetAside(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /**
   * @return by position of the fact that is passed over
   */
  public Map<Long, FactSetAside> of(String projection) {
    Map<Long, FactSetAside> found = new TreeMap<>();
    ledger
        .tagged(FactSetAside.tag(projection))
        .forEach(
            recorded -> {
              if (recorded.fact() instanceof FactSetAside aside) {
                found.put(aside.position(), aside);
              }
            });
    return found;
  }
}
