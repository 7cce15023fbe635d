package fr.passnumerique.loadtest.crash;

import java.util.ArrayList;
import java.util.List;

/** What does not hold, in words; the first hundred of it are kept. */
final class Faults {
  private static final int KEPT = 100;

  private final List<String> kept = new ArrayList<>();
  private long count;

  synchronized void add(String format, Object... values) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(format.formatted(values));
    }
  }

  synchronized boolean none() {
    return count == 0;
  }

  synchronized long count() {
    return count;
  }

  synchronized List<String> kept() {
    return List.copyOf(kept);
  }
}
