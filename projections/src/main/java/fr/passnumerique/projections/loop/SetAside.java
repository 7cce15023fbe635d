package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.SettingAsideLifted;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which facts a projection passes over, because two people signed that it cannot take them. Read
 * from the ledger itself and not from where the projection stands: also one that is folded anew
 * passes over them before it has come to the signature.
 */
public final class SetAside {
  private final LedgerReader ledger;

  /**
   * What two people signed.
   *
   * @param position of the fact by which they did
   * @param at when that was recorded
   * @param liftedAt position of the fact by which it was taken back last; null if it never was
   */
  public record Signed(FactSetAside fact, long position, Instant at, @Nullable Long liftedAt) {}

  public SetAside(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /**
   * @return by position of the fact that is passed over
   */
  public Map<Long, Signed> of(String projection) {
    Map<Long, Signed> found = new TreeMap<>();
    Map<Long, Long> lifted = new HashMap<>();
    ledger
        .tagged(FactSetAside.tag(projection))
        .forEach(
            recorded -> {
              switch (recorded.fact()) {
                case FactSetAside aside ->
                    found.put(
                        aside.position(),
                        new Signed(
                            aside,
                            recorded.position(),
                            recorded.recordedAt(),
                            lifted.get(aside.position())));
                case SettingAsideLifted lifting -> {
                  found.remove(lifting.position());
                  lifted.put(lifting.position(), recorded.position());
                }
                default -> {}
              }
            });
    return found;
  }
}
