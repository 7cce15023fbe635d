package fr.passnumerique.loadtest.simulator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * As many stories as it takes to come to everything rare. For many there is the command {@code
 * simulate --seeds=500}, which goes on where it was stopped.
 */
class SimulationIT {
  /**
   * Stories that come to everything rare between them, found among those of 50 seeds. They become
   * others with every plot; what they come to no more is looked for from the first seed on, which
   * costs time and nothing else.
   */
  private static final List<Long> RARE = List.of(5L, 22L, 25L, 26L, 29L, 32L, 35L, 38L, 47L);

  private static final int LEAST_SEEDS = 15;
  private static final int MOST_SEEDS = 50;
  private static final int STEPS = 300;

  /** Some of its nodes go on from a snapshot of registers, which is compared with a fold. */
  private static final int RESTORING_EVERY = 5;

  private static final int SNAPSHOT_EVERY = 40;

  /** Beside the moments: of which command or thing, and how it is answered. */
  private static final List<Map.Entry<String, String>> RARE_ANSWERS =
      List.of(
          entry("a run", "netted"),
          entry("a run", "carried"),
          entry("a line", "ACCEPTED+conflict"),
          entry("ConfirmReversal", "done"),
          entry("PayDebitNote", "done"),
          entry("CreditRecovered", "done"),
          entry("ReleaseRefunds", "done"),
          entry("GiveBack", "done"),
          entry("CancelGiveBack", "done"),
          entry("a booking", "RETURNED"),
          entry("a booking", "PENDING"),
          // What is refused while the bank may have paid it leaves no fact.
          entry("ReleaseRun", "MAY_BE_PAID_ALREADY"),
          entry("CancelGiveBack", "MAY_BE_PAID_ALREADY"),
          entry("HandOutRun", "DEBIT_UNEXPLAINED"),
          entry("HandOutRefunds", "DEBIT_UNEXPLAINED"),
          entry("PayDebitNote", "PAYMENT_TAKEN_BACK"));

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
    Seed restoring = new Seed(databases, Mutant.NONE, SNAPSHOT_EVERY);
    Deque<Long> seeds =
        new ArrayDeque<>(
            Stream.concat(RARE.stream(), LongStream.rangeClosed(1, MOST_SEEDS).boxed())
                .distinct()
                .toList());
    int played = 0;
    double restored = 0;
    Tally tally = new Tally();
    Moments moments = new Moments();
    List<String> differences = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      while (!seeds.isEmpty() && (played < LEAST_SEEDS || !missed(tally, moments).isEmpty())) {
        List<Future<Seed.End>> ends = new ArrayList<>();
        for (int left = Math.max(LEAST_SEEDS - played, 6); left > 0 && !seeds.isEmpty(); left--) {
          Seed player = ++played % RESTORING_EVERY == 0 ? restoring : folding;
          long seed = seeds.remove();
          ends.add(threads.submit(() -> player.play(seed, STEPS)));
        }
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
        assertThat(differences).isEmpty();
      }
    }
    // Stories in which nothing comes to pass would agree with anything.
    assertThat(missed(tally, moments)).as("to what no story came").isEmpty();
    assertThat(restored).as("nodes that went on from a snapshot").isGreaterThan(played / 2.0);
    assertThat(tally.of("a line", "ACCEPTED")).isGreaterThan(10 * played);
    assertThat(tally.of("ConfirmTransfer", "done")).isGreaterThan(played / 2);
    assertThat(tally.of("RejectTransfer", "done")).isGreaterThan(played / 4);
  }

  private static List<Object> missed(Tally tally, Moments moments) {
    List<Object> missed = new ArrayList<>(moments.never());
    RARE_ANSWERS.stream()
        .filter(answer -> tally.of(answer.getKey(), answer.getValue()) == 0)
        .forEach(missed::add);
    return missed;
  }

  @Test
  void theSameSeedGivesTheSameLastHash() throws Exception {
    Seed player = new Seed(databases, Mutant.NONE);
    String first = player.play(1, 60).lastHash();
    assertThat(player.play(1, 60).lastHash()).isEqualTo(first).hasSize(64);
    assertThat(player.play(2, 60).lastHash()).isNotEqualTo(first);
  }
}
