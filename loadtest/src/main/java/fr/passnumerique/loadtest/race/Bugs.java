package fr.passnumerique.loadtest.race;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Bugs as somebody might make them, each of which the checker must find. */
final class Bugs {
  /** Those that every build tries. */
  static final Set<String> COMMON =
      Set.of("the cheques of a slip are not in its condition", "a withdrawal has no condition");

  private Bugs() {}

  /** Each is made anew for every round: some remember what they have seen. */
  static List<Supplier<Bug>> all() {
    return Stream.of(BoundaryBugs.all()).flatMap(List::stream).toList();
  }
}
