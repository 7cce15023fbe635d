package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.http.ByRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Positions of facts, which rise: eight bytes each, for what comes by the million. */
final class Positions {
  private long[] positions = new long[4];
  private int count;

  void add(long position) {
    if (count == positions.length) {
      positions = Arrays.copyOf(positions, 2 * count);
    }
    positions[count++] = position;
  }

  int count() {
    return count;
  }

  /**
   * @param after position that they come after, in this order; null for the first
   */
  List<Long> inOrder(ByRecord order, @Nullable Long after, int limit) {
    int step = order == ByRecord.NEWEST ? -1 : 1;
    List<Long> found = new ArrayList<>();
    for (int i = next(step, after); i >= 0 && i < count && found.size() < limit; i += step) {
      found.add(positions[i]);
    }
    return found;
  }

  private int next(int step, @Nullable Long after) {
    if (after == null) {
      return step < 0 ? count - 1 : 0;
    }
    int place = Arrays.binarySearch(positions, 0, count, after);
    if (place >= 0) {
      return place + step;
    }
    int above = -place - 1;
    return step < 0 ? above - 1 : above;
  }
}
