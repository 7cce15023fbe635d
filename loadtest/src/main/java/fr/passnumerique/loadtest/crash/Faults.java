package fr.passnumerique.loadtest.crash;

import java.util.ArrayList;
import java.util.List;

/** What does not hold, in words; the first hundred of it are kept. */
final class Faults {
  private static final int KEPT = 100;

  private final List<String> kept = new ArrayList<>();

  synchronized void add(String format, Object... values) {
    if (kept.size() < KEPT) {
      kept.add(format.formatted(values));
    }
  }

  /** As the last lines of what a command prints. */
  static String told(List<String> faults) {
    return faults.isEmpty()
        ? "all holds%n".formatted()
        : "%d THINGS DO NOT HOLD%n%s%n".formatted(faults.size(), String.join("\n", faults));
  }

  synchronized boolean none() {
    return kept.isEmpty();
  }

  synchronized List<String> kept() {
    return List.copyOf(kept);
  }
}
