package fr.passnumerique.loadtest.simulator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The common bugs; the command {@code bite} tries all of them. */
@Tag("long")
class BiteIT {
  private static final int MOST_SEEDS = 30;

  /**
   * A story in which each bug shows early, found by {@code bite}: most stories come to a bug late
   * or never, and would be played to their end for nothing. Stories become others with every plot;
   * a bug that its story shows no more is looked for from the first seed on, which costs time and
   * nothing else.
   */
  private static final Map<String, Long> SHOWN_BY =
      Map.ofEntries(
          entry("two slips at once redeem a cheque twice", 3L),
          entry("two activations at once use the same cash", 3L),
          entry("two runs at once pay a line twice", 4L),
          entry("two orders at once get one batch number", 5L),
          entry("a transfer's debit is posted twice", 2L),
          entry("a rejected transfer stays in transit", 1L),
          entry("a confirmation takes the day before for the bank's", 45L),
          entry("a cancelled run stays in transit", 27L),
          entry("a withdrawn slip stays owed", 2L),
          entry("opposed cheques are not due back", 1L),
          entry("a duplicate's verdict is computed again", 2L),
          entry("who opened a run releases it", 3L),
          entry("cheques are activated beyond the cash", 4L));

  @TempDir private Path directory;

  @Test
  void everyCommonBugIsFound() throws Exception {
    ((Logger) LoggerFactory.getLogger("fr.passnumerique.clearing")).setLevel(Level.OFF);
    List<Mutant> mutants = Mutants.common();
    assertThat(mutants).hasSizeGreaterThanOrEqualTo(20);
    assertThat(mutants).extracting(Mutant::name).containsAll(SHOWN_BY.keySet());
    try (Databases databases = Databases.start(directory);
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Bite.Bitten>> all =
          mutants.stream()
              .map(
                  mutant ->
                      threads.submit(
                          // That stories agree without a bug is what SimulationIT shows of all.
                          () -> Bite.bite(databases, mutant, seeds(mutant), _ -> true)))
              .toList();
      for (Future<Bite.Bitten> one : all) {
        Bite.Bitten bitten = one.get();
        assertThat(bitten.found()).as(bitten.toString()).isTrue();
      }
    }
  }

  private static LongStream seeds(Mutant mutant) {
    LongStream all = LongStream.rangeClosed(1, MOST_SEEDS);
    Long shownBy = SHOWN_BY.get(mutant.name());
    return shownBy == null ? all : LongStream.concat(LongStream.of(shownBy), all);
  }
}
