package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose each cent of one key is, by Tijdeman's rule, cent after cent from the first.
 *
 * <p>Among n funders a cent goes to one that, without it, would be behind its exact share by at
 * least 1/(2n−2) of a cent; of these to the one whose lag, if it got nothing more, would be the
 * first to reach 1 − 1/(2n−2); of two to the one that the key names first.
 */
final class Cents {
  private final List<Integer> basisPoints;
  private final List<Integer> owners = new ArrayList<>();
  private final long[] held;

  Cents(List<Integer> basisPoints) {
    this.basisPoints = basisPoints;
    held = new long[basisPoints.size()];
  }

  /**
   * @param cent from 0
   * @return the owner's place in the key, from 0
   */
  int owner(long cent) {
    while (owners.size() <= cent) {
      int owner = next();
      held[owner]++;
      owners.add(owner);
    }
    return owners.get((int) cent);
  }

  private int next() {
    int n = basisPoints.size();
    if (n == 1) {
      return 0;
    }
    long parts = 2L * n - 2;
    int chosen = -1;
    for (int place = 0; place < n; place++) {
      // Its exact share of the cents up to and with this one, less what it holds, in 1/10 000 of
      // 1/(2n−2) of a cent.
      long exact = basisPoints.get(place) * (owners.size() + 1L) * parts;
      long behind = exact - held[place] * parts * 10_000;
      if (behind >= 10_000 && (chosen < 0 || isDueBefore(place, chosen, parts))) {
        chosen = place;
      }
    }
    return chosen;
  }

  /**
   * A funder is due when exact share = held + 1 − 1/(2n−2): after (held × (2n−2) + 2n−3) × 10 000 /
   * ((2n−2) × its basis points) cents.
   */
  private boolean isDueBefore(int one, int other, long parts) {
    long dueOne = (held[one] * parts + parts - 1) * basisPoints.get(other);
    long dueOther = (held[other] * parts + parts - 1) * basisPoints.get(one);
    return dueOne < dueOther;
  }
}
