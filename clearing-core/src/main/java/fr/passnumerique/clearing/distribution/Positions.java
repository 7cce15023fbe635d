package fr.passnumerique.clearing.distribution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /** The last ones before a position, the newest first. */
  List<Long> newestBefore(long before, int limit) {
    int found = Arrays.binarySearch(positions, 0, count, before);
    int end = found < 0 ? -found - 1 : found;
    List<Long> newest = new ArrayList<>();
    for (int i = end - 1; i >= 0 && newest.size() < limit; i--) {
      newest.add(positions[i]);
    }
    return newest;
  }
}
