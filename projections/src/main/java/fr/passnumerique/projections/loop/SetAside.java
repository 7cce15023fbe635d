package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.clearing.upkeep.SettingAsideLifted;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which facts a projection passes over, because two people signed that it cannot take them. Read
 * from the ledger itself and not from where the projection stands: also one that is folded anew
 * passes over them before it has come to the signature.
 */
public final class SetAside {
  private static final int PAGE = 1_000;

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
    return of(List.of(projection)).getOrDefault(projection, Map.of());
  }

  /**
   * Of several at once: the ledger is asked no more often than for one.
   *
   * @return by name, then by position of the fact that is passed over; without those that pass over
   *     none
   */
  public Map<String, Map<Long, Signed>> of(Collection<String> projections) {
    Map<String, Map<Long, Signed>> found = new HashMap<>();
    Map<Place, Long> lifted = new HashMap<>();
    List<String> tags = projections.stream().map(FactSetAside::tag).toList();
    long after = 0;
    for (List<RecordedFact> page = page(tags, after); !page.isEmpty(); page = page(tags, after)) {
      for (RecordedFact recorded : page) {
        switch (recorded.fact()) {
          case FactSetAside aside ->
              found
                  .computeIfAbsent(aside.projection(), _ -> new TreeMap<>())
                  .put(
                      aside.position(),
                      new Signed(
                          aside,
                          recorded.position(),
                          recorded.recordedAt(),
                          lifted.get(new Place(aside.projection(), aside.position()))));
          case SettingAsideLifted lifting -> {
            found.getOrDefault(lifting.projection(), new TreeMap<>()).remove(lifting.position());
            lifted.put(new Place(lifting.projection(), lifting.position()), recorded.position());
          }
          default -> {}
        }
        after = recorded.position();
      }
    }
    return found;
  }

  private record Place(String projection, long position) {}

  private List<RecordedFact> page(List<String> tags, long after) {
    return ledger.tagged(tags, after, Long.MAX_VALUE, PAGE);
  }
}
