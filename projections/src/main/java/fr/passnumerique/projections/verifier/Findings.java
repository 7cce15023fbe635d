package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What does not hold, the first few of each check: one wrong cent makes all later balances wrong.
 */
final class Findings {
  private static final int SHOWN_OF_EACH = 3;

  private final List<Finding> shown = new ArrayList<>();
  private final Map<Check, Long> counts = new EnumMap<>(Check.class);

  void add(long position, Check check, String value, String remedy) {
    if (counts.merge(check, 1L, Long::sum) <= SHOWN_OF_EACH) {
      shown.add(new Finding(position, check, value, remedy));
    }
  }

  boolean none() {
    return counts.isEmpty();
  }

  long count(Check check) {
    return counts.getOrDefault(check, 0L);
  }

  /** By position. */
  List<Finding> shown() {
    return shown.stream().sorted(Comparator.comparingLong(Finding::position)).toList();
  }

  /** By what the ledger was found not to hold first. */
  Optional<Finding> first() {
    return shown().stream().findFirst();
  }
}
