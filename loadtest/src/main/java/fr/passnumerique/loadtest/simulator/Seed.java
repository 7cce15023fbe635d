package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.loadtest.model.Step;
import fr.passnumerique.loadtest.model.Story;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the stories of seeds, and makes those that fail shorter. */
final class Seed {
  private static final int MOST_TRIES = 60;

  private final Databases databases;
  private final Mutant mutant;

  Seed(Databases databases, Mutant mutant) {
    this.databases = databases;
    this.mutant = mutant;
  }

  /**
   * How a seed ended.
   *
   * @param steps played
   * @param tally of the actions, those that came between others too
   * @param story all steps up to the failure
   * @param difference empty if engine and model agree to the end
   */
  record End(
      long seed,
      int steps,
      Tally tally,
      String lastHash,
      long millis,
      List<Step> story,
      String difference) {
    boolean agrees() {
      return difference.isEmpty();
    }
  }

  End play(long seed, int steps) throws SQLException, IOException {
    long started = System.nanoTime();
    List<Step> told = new ArrayList<>();
    String difference = "";
    try (Databases.Fresh database = databases.fresh();
        Simulation simulation = new Simulation(seed, database, mutant)) {
      try {
        Story story = new Story(seed, simulation.model());
        for (int step = 1; step <= steps; step++) {
          Step next = story.next();
          told.add(next);
          simulation.play(next);
          if (step % Simulation.THOROUGH_EVERY == 0 || step == steps) {
            simulation.compareWithFreshFold();
          }
        }
      } catch (Mismatch e) {
        difference = String.valueOf(e.getMessage());
      }
      return new End(
          seed,
          told.size(),
          simulation.tally(),
          simulation.lastHash(),
          (System.nanoTime() - started) / 1_000_000,
          told,
          difference);
    }
  }

  /**
   * The same failure, or another, in fewer steps: the shortest prefix that fails, and of it what
   * cannot be left out.
   */
  List<Step> shrink(End failed) throws SQLException, IOException {
    List<Step> shortest = failed.story();
    int tries = 0;
    for (int chunk = Math.max(1, shortest.size() / 2); chunk >= 1; chunk /= 2) {
      for (int from = shortest.size() - chunk - 1; from >= 0; from -= chunk) {
        if (tries++ >= MOST_TRIES) {
          return shortest;
        }
        List<Step> shorter = new ArrayList<>(shortest.subList(0, from));
        shorter.addAll(shortest.subList(from + chunk, shortest.size()));
        Optional<List<Step>> failing = failingPrefix(failed.seed(), shorter);
        if (failing.isPresent()) {
          shortest = failing.get();
          from = Math.min(from, shortest.size() - 1);
        }
      }
    }
    return shortest;
  }

  /** Empty if all of these steps agree. */
  private Optional<List<Step>> failingPrefix(long seed, List<Step> steps)
      throws SQLException, IOException {
    try (Databases.Fresh database = databases.fresh();
        Simulation simulation = new Simulation(seed, database, mutant)) {
      int played = 0;
      try {
        for (Step step : steps) {
          played++;
          simulation.play(step);
        }
        simulation.compareWithFreshFold();
      } catch (Mismatch e) {
        return Optional.of(List.copyOf(steps.subList(0, played)));
      }
      return Optional.empty();
    }
  }
}
