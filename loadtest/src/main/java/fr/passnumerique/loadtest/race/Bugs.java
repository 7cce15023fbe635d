package fr.passnumerique.loadtest.race;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Bugs as somebody might make them, each of which the checker must find. */
final class Bugs {
  /** Those that every build tries. */
  static final Set<String> COMMON =
      Set.of(
          "the cheques of a slip are not in its condition",
          "a retry forgets that its slip is recorded",
          "a duplicate's verdicts are computed again",
          "the head is published before the register is brought forward",
          "the other node's slips are not folded");

  private Bugs() {}

  /** Each is made anew for every round: some remember what they have seen. */
  static List<Supplier<Bug>> all() {
    return Stream.of(
            BoundaryBugs.all(),
            RetryBugs.all(),
            DecisionBugs.all(),
            RegisterBugs.all(),
            DatabaseBugs.all())
        .flatMap(List::stream)
        .toList();
  }
}
