package fr.passnumerique.loadtest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * More seeds: {@code -Dsimulation.seeds=500}; others: {@code -Dsimulation.from=51}. For many there
 * is the command {@code simulate}, which goes on where it was stopped.
 */
class SimulationIT {
  private static final int SEEDS = Integer.getInteger("simulation.seeds", 50);
  private static final long FROM = Long.getLong("simulation.from", 1);
  private static final int STEPS = 300;
  private static final int SNAPSHOT_EVERY = 40;

  @TempDir private static Path directory;
  private static Databases databases;

  @BeforeAll
  static void start() throws Exception {
    ((Logger) LoggerFactory.getLogger("fr.passnumerique.clearing")).setLevel(Level.OFF);
    databases = Databases.start(directory);
  }

  @AfterAll
  static void stop() {
    databases.close();
  }

  @Test
  void theEngineDoesWhatTheNaiveModelSays() throws Exception {
    Seed folding = new Seed(databases, Mutant.NONE);
    // Some of its nodes go on from a snapshot of registers, which is compared with a fold; with
    // more
    // of them: loadtest simulate --snapshot-every 7.
    Seed restoring = new Seed(databases, Mutant.NONE, SNAPSHOT_EVERY);
    double restored = 0;
    Tally tally = new Tally();
    Moments moments = new Moments();
    List<String> differences = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Seed.End>> ends =
          LongStream.range(FROM, FROM + SEEDS)
              .mapToObj(
                  seed ->
                      threads.submit(
                          () -> (seed % 10 == 0 ? restoring : folding).play(seed, STEPS)))
              .toList();
      for (Future<Seed.End> end : ends) {
        restored += end.get().restored();
        tally.add(end.get().tally());
        moments.add(end.get().moments());
        if (!end.get().agrees()) {
          differences.add(
              "seed %d, step %d: %s"
                  .formatted(end.get().seed(), end.get().steps(), end.get().difference()));
        }
      }
    }
    assertThat(differences).isEmpty();
    // Stories in which nothing comes to pass would agree with anything.
    assertThat(tally.of("a line", "ACCEPTED")).isGreaterThan(10 * SEEDS);
    assertThat(tally.of("ConfirmTransfer", "done")).isGreaterThan(SEEDS / 2);
    assertThat(tally.of("RejectTransfer", "done")).isGreaterThan(SEEDS / 4);
    if (SEEDS >= 50) {
      assertThat(restored).as("nodes that went on from a snapshot").isGreaterThan(SEEDS / 2);
      rareThingsHappened(tally);
      assertThat(moments.never()).as("to what no story came").isEmpty();
    }
  }

  private static void rareThingsHappened(Tally tally) {
    assertThat(tally.of("a run", "netted")).as("nettings").isPositive();
    assertThat(tally.of("a run", "carried")).as("payments carried over").isPositive();
    assertThat(tally.of("a line", "ACCEPTED+conflict")).as("conflicts").isPositive();
    assertThat(tally.of("ConfirmReversal", "done")).as("reversals by two").isPositive();
    assertThat(tally.of("PayDebitNote", "done")).as("debit notes paid").isPositive();
    assertThat(tally.of("CreditRecovered", "done")).as("credits of what came back").isPositive();
    assertThat(tally.of("ReleaseRefunds", "done")).as("refunds by the bank").isPositive();
    assertThat(tally.of("GiveBack", "done")).as("free credit given back").isPositive();
    assertThat(tally.of("CancelGiveBack", "done")).as("and kept after all").isPositive();
    assertThat(tally.of("a booking", "RETURNED")).as("returned transfers").isPositive();
    assertThat(tally.of("a booking", "PENDING")).as("announced for a day to come").isPositive();
    // What is refused while the bank may have paid it leaves no fact.
    assertThat(tally.of("ReleaseRun", "MAY_BE_PAID_ALREADY")).as("in doubt").isPositive();
    assertThat(tally.of("CancelGiveBack", "MAY_BE_PAID_ALREADY")).as("in doubt").isPositive();
    assertThat(tally.of("HandOutRun", "DEBIT_UNEXPLAINED")).as("debited early").isPositive();
    assertThat(tally.of("HandOutRefunds", "DEBIT_UNEXPLAINED")).as("debited early").isPositive();
    assertThat(tally.of("PayDebitNote", "PAYMENT_TAKEN_BACK")).as("recorded anew").isPositive();
  }

  @Test
  void theSameSeedGivesTheSameLastHash() throws Exception {
    Seed player = new Seed(databases, Mutant.NONE);
    String first = player.play(1, 120).lastHash();
    assertThat(player.play(1, 120).lastHash()).isEqualTo(first).hasSize(64);
    assertThat(player.play(2, 120).lastHash()).isNotEqualTo(first);
  }
}
