package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether some of several amounts, of a given number, come to a given sum. */
final class Selection {
  /** Sums that are kept at most: beyond, it is not said that none comes to it. */
  private static final int SUMS = 100_000;

  private Selection() {}

  /**
   * @return false if it is certain that no {@code count} of them come to {@code cents}
   */
  static boolean mayComeTo(List<Long> amounts, long count, long cents) {
    if (count < 0 || count > amounts.size()) {
      return false;
    }
    long all = sum(amounts, Long.MIN_VALUE, Long.MAX_VALUE);
    if (cents > sum(amounts, 0, Long.MAX_VALUE) || cents < sum(amounts, Long.MIN_VALUE, 0)) {
      return false;
    }
    // Those that are left out are as good, and fewer.
    return count > amounts.size() / 2
        ? reaches(amounts, (int) (amounts.size() - count), all - cents)
        : reaches(amounts, (int) count, cents);
  }

  private static boolean reaches(List<Long> amounts, int count, long cents) {
    List<Set<Long>> byCount = new ArrayList<>();
    byCount.add(Set.of(0L));
    for (int i = 0; i < count; i++) {
      byCount.add(new HashSet<>());
    }
    int kept = 0;
    for (long amount : amounts) {
      for (int taken = count; taken > 0; taken--) {
        Set<Long> sums = byCount.get(taken);
        kept -= sums.size();
        byCount.get(taken - 1).forEach(sum -> sums.add(sum + amount));
        kept += sums.size();
        if (kept > SUMS) {
          return true;
        }
      }
    }
    return byCount.get(count).contains(cents);
  }

  private static long sum(List<Long> amounts, long from, long to) {
    return amounts.stream()
        .filter(amount -> amount >= from && amount <= to)
        .reduce(0L, Math::addExact);
  }
}
