package fr.passnumerique.loadtest.race;

import fr.passnumerique.loadtest.race.Checker.Finding;
import fr.passnumerique.loadtest.race.Linearizability.Result;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a bug was found.
 *
 * @param seed of the round that showed it; 0 if none did
 * @param tried so many rounds
 * @param histories objects that are not linearizable in that round
 * @param ledger what the ledger contradicts in that round
 * @param stopped nodes that stopped, or could not be started anew
 * @param shortest the calls on the object, of those of the round, that fewest calls show; none if
 *     only the ledger shows it
 */
record Caught(
    String bug,
    long seed,
    int tried,
    int histories,
    int ledger,
    int stopped,
    String example,
    Optional<History> shortest) {

  boolean isCaught() {
    return seed > 0;
  }

  /**
   * A node that stops is no find: what a client was told, or what the ledger has, must show it.
   *
   * @param from the first seed
   */
  static Caught within(Stage stage, Supplier<Bug> bug, long from, int seeds)
      throws SQLException, InterruptedException {
    String name = bug.get().name();
    for (long seed = from; seed < from + seeds; seed++) {
      Round.End end = Round.play(stage, seed, bug.get(), 2);
      Caught caught = in(end, name, seed, (int) (seed - from) + 1);
      if (caught.isCaught()) {
        return caught;
      }
    }
    return notFound(name, seeds);
  }

  private static Caught notFound(String name, int tried) {
    return new Caught(name, 0, tried, 0, 0, 0, "", Optional.empty());
  }

  /** What the checker could not decide shows no bug. */
  static Caught in(Round.End end, String name, long seed, int tried) {
    List<Finding> shown =
        end.checked().findings().stream()
            .filter(finding -> finding.result() == Result.NOT_LINEARIZABLE)
            .toList();
    if (shown.isEmpty() && end.ledger().isEmpty()) {
      return notFound(name, tried);
    }
    return new Caught(
        name,
        seed,
        tried,
        shown.size(),
        end.ledger().size(),
        end.stopped().size(),
        shown.isEmpty() ? end.ledger().getFirst() : shown.getFirst().name(),
        shown.stream()
            .min(Comparator.comparingInt(finding -> finding.calls().size()))
            .map(finding -> end.history().on(finding.name())));
  }

  @Override
  public String toString() {
    return isCaught()
        ? "%-62s round %2d: %2d objects, %2d faults in the ledger, %d stopped; %s"
            .formatted(bug, tried, histories, ledger, stopped, example)
        : "%-62s NOT FOUND in %d rounds".formatted(bug, tried);
  }
}
