package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.issuance.Batch;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which prescriber holds, or handed out, which cheques of one batch: a range per delivery. What no
 * range holds is in the operator's stock.
 */
public final class Holdings {
  /** By first ordinal; ranges never overlap. */
  private final TreeMap<Integer, Held> ranges = new TreeMap<>();

  /**
   * @param last ordinal, inclusive
   */
  public record Held(int last, PrescriberId prescriber, LocalDate deliveredOn) {}

  public void deliver(ChequeRange cheques, PrescriberId prescriber, LocalDate deliveredOn) {
    ranges.put(cheques.first(), new Held(cheques.last(), prescriber, deliveredOn));
  }

  /** Back to the operator's stock: what is left of a delivery stays where it is. */
  public void takeBack(ChequeRange cheques) {
    splitBefore(cheques.first());
    splitBefore(cheques.last() + 1);
    ranges.subMap(cheques.first(), true, cheques.last(), true).clear();
  }

  private void splitBefore(int ordinal) {
    Map.Entry<Integer, Held> before = ranges.lowerEntry(ordinal);
    if (before != null && before.getValue().last >= ordinal) {
      Held held = before.getValue();
      ranges.put(before.getKey(), new Held(ordinal - 1, held.prescriber, held.deliveredOn));
      ranges.put(ordinal, held);
    }
  }

  /** The delivery that holds this cheque; null while it is in the operator's stock. */
  public @Nullable Held at(int ordinal) {
    Map.Entry<Integer, Held> before = ranges.floorEntry(ordinal);
    return before != null && before.getValue().last >= ordinal ? before.getValue() : null;
  }

  /** What this prescriber holds, or handed out, in order. */
  List<ChequeRange> of(Batch batch, PrescriberId prescriber) {
    return ranges.entrySet().stream()
        .filter(range -> range.getValue().prescriber.equals(prescriber))
        .map(range -> new ChequeRange(batch, range.getKey(), range.getValue().last))
        .toList();
  }

  /** The first delivered ordinal from this one on; null if none is. */
  @Nullable Integer nextFrom(int ordinal) {
    return at(ordinal) != null ? Integer.valueOf(ordinal) : ranges.ceilingKey(ordinal);
  }
}
