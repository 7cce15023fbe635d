package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.loadtest.model.Step;
import fr.passnumerique.loadtest.model.Story;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays the stories of seeds, and makes those that fail shorter. */
final class Seed {
  private static final int MOST_TRIES = 60;

  private final Databases databases;
  private final Mutant mutant;
  private final int snapshotEvery;

  Seed(Databases databases, Mutant mutant) {
    this(databases, mutant, 0);
  }

  /**
   * @param snapshotEvery after so many steps a new node goes on from a snapshot of the registers; 0
   *     where every node folds everything
   */
  Seed(Databases databases, Mutant mutant, int snapshotEvery) {
    this.databases = databases;
    this.mutant = mutant;
    this.snapshotEvery = snapshotEvery;
  }

  /**
   * How a seed ended.
   *
   * @param steps played
   * @param tally of the actions, those that came between others too
   * @param moments that it came to
   * @param restored how often a node went on from a snapshot
   * @param story all steps up to the failure
   * @param mismatch null if engine and model agree to the end
   */
  record End(
      long seed,
      int steps,
      Tally tally,
      Moments moments,
      String lastHash,
      double restored,
      long millis,
      List<Step> story,
      @Nullable Mismatch mismatch) {
    boolean agrees() {
      return mismatch == null;
    }

    /** Whether a rule is seen to be broken. */
    boolean isFound() {
      return mismatch != null && mismatch.isDifference();
    }

    Mismatch.@Nullable Kind kind() {
      return mismatch == null ? null : mismatch.kind();
    }

    String difference() {
      return mismatch == null ? "" : mismatch.difference();
    }
  }

  End play(long seed, int steps) throws SQLException, IOException {
    long started = System.nanoTime();
    List<Step> told = new ArrayList<>();
    Mismatch mismatch = null;
    try (Databases.Fresh database = databases.fresh();
        Simulation simulation = new Simulation(seed, database, mutant, snapshotEvery > 0)) {
      try {
        Story story = new Story(seed, simulation.model());
        for (int step = 1; step <= steps; step++) {
          Step next = story.next();
          told.add(next);
          simulation.play(next);
          if (snapshotEvery > 0 && step % snapshotEvery == 0) {
            simulation.restore();
          }
          if (step % Simulation.THOROUGH_EVERY == 0 || step == steps) {
            simulation.compareWithFreshFold();
          }
        }
        simulation.verify();
      } catch (Mismatch e) {
        mismatch = e;
      }
      return new End(
          seed,
          told.size(),
          simulation.tally(),
          simulation.moments(),
          simulation.lastHash(),
          simulation.restored(),
          (System.nanoTime() - started) / 1_000_000,
          told,
          mismatch);
    }
  }

  /**
   * The same failure in fewer steps: the shortest prefix that fails alike, and of it what cannot be
   * left out. Steps that fail in another way are not a shorter story of this failure.
   */
  List<Step> shrink(End failed) throws SQLException, IOException {
    List<Step> shortest = failed.story();
    if (failed.mismatch() == null) {
      return shortest;
    }
    int tries = 0;
    for (int chunk = Math.max(1, shortest.size() / 2); chunk >= 1; chunk /= 2) {
      for (int from = shortest.size() - chunk - 1; from >= 0; from -= chunk) {
        if (tries++ >= MOST_TRIES) {
          return shortest;
        }
        List<Step> shorter = new ArrayList<>(shortest.subList(0, from));
        shorter.addAll(shortest.subList(from + chunk, shortest.size()));
        Optional<List<Step>> failing = failingPrefix(failed.seed(), shorter, failed.mismatch());
        if (failing.isPresent()) {
          shortest = failing.get();
          from = Math.min(from, shortest.size() - 1);
        }
      }
    }
    return shortest;
  }

  /** Empty unless these steps fail in the same way. */
  private Optional<List<Step>> failingPrefix(long seed, List<Step> steps, Mismatch like)
      throws SQLException, IOException {
    try (Databases.Fresh database = databases.fresh();
        Simulation simulation = new Simulation(seed, database, mutant, snapshotEvery > 0)) {
      int played = 0;
      try {
        for (Step step : steps) {
          played++;
          simulation.play(step);
          if (snapshotEvery > 0 && played % snapshotEvery == 0) {
            simulation.restore();
          }
        }
        simulation.compareWithFreshFold();
        simulation.verify();
      } catch (Mismatch e) {
        return e.isLike(like)
            ? Optional.of(List.copyOf(steps.subList(0, played)))
            : Optional.empty();
      }
      return Optional.empty();
    }
  }
}
