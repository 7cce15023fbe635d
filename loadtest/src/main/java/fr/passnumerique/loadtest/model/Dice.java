package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Chance, the same for the same seed on every machine. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    random = new SplittableRandom(seed);
  }

  /** 0 to n − 1. */
  int below(int n) {
    return random.nextInt(n);
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  <T> T of(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  @SafeVarargs
  final <T> T of(T... some) {
    return some[random.nextInt(some.length)];
  }

  /** That many parts, each at least 1, that sum to the whole; very unequal ones are as usual. */
  List<Integer> parts(int whole, int count) {
    List<Integer> parts = new ArrayList<>();
    int left = whole;
    for (int more = count - 1; more > 0; more--) {
      int most = left - more;
      int part = percent(25) ? between(1, Math.min(7, most)) : between(1, Math.max(1, most / 2));
      parts.add(part);
      left -= part;
    }
    parts.add(below(parts.size() + 1), left);
    return parts;
  }

  long nextLong() {
    return random.nextLong();
  }
}
