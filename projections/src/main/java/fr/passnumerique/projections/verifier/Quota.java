package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose each cent of a key version is, by the rule that {@code docs/format.md} calls {@code
 * tijdeman}, version 1 (R. Tijdeman, The chairman assignment problem, 1980): the next cent goes to
 * one of those that would otherwise lag by at least 1/(2n−2) of a cent, to the one that can wait
 * the shortest; ties by the key's order.
 *
 * <p>Written down as the rule is told, in fractions and cent by cent, and so unlike the engine's.
 */
final class Quota {
  static final int CYCLE = 10_000;

  /** How many of the first c cents each party has, for c from 0 to {@link #CYCLE}. */
  private final List<int[]> dealtAfter = new ArrayList<>(CYCLE + 1);

  /**
   * @param basisPoints in the key's order, 10 000 in all
   */
  Quota(int[] basisPoints) {
    int parties = basisPoints.length;
    int[] has = new int[parties];
    dealtAfter.add(has.clone());
    for (int cent = 1; cent <= CYCLE; cent++) {
      has[next(basisPoints, has, cent)]++;
      dealtAfter.add(has.clone());
    }
  }

  private static int next(int[] points, int[] has, int cent) {
    int n = points.length;
    if (n == 1) {
      return 0;
    }
    int chosen = -1;
    double shortest = 0;
    for (int p = 0; p < n; p++) {
      // In ten-thousandths of a cent: what it should have once this cent is dealt, less what it
      // has.
      long lag = (long) points[p] * cent - (long) CYCLE * has[p];
      if (lag * (2L * n - 2) < CYCLE) {
        continue;
      }
      // (1 − 1/(2n−2) − lag) ÷ share: after how many more cents it would be first to lag too far.
      // Fractions with denominators below 2^24, told apart exactly by doubles, which hold 2^53.
      double wait = (double) ((long) CYCLE * (2L * n - 3) - lag * (2L * n - 2)) / points[p];
      if (chosen < 0 || wait < shortest) {
        chosen = p;
        shortest = wait;
      }
    }
    if (chosen < 0) {
      throw new IllegalArgumentException("nobody of the key may have cent " + cent);
    }
    return chosen;
  }

  /** Each party's of the cents from the first on. */
  long[] deal(long firstCent, long cents) {
    long[] upTo = held(Math.addExact(firstCent, cents));
    long[] before = held(firstCent);
    for (int p = 0; p < upTo.length; p++) {
      upTo[p] -= before[p];
    }
    return upTo;
  }

  private long[] held(long cents) {
    int[] cycle = dealtAfter.get(CYCLE);
    int[] rest = dealtAfter.get((int) (cents % CYCLE));
    long[] held = new long[cycle.length];
    for (int p = 0; p < held.length; p++) {
      held[p] = Math.addExact(Math.multiplyExact(cents / CYCLE, (long) cycle[p]), rest[p]);
    }
    return held;
  }
}
