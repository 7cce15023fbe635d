package fr.passnumerique.loadtest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The common bugs; the command {@code bite} tries all of them. */
class BiteIT {
  private static final int MOST_SEEDS = 30;

  @TempDir private Path directory;

  @Test
  void everyCommonBugIsFound() throws Exception {
    ((Logger) LoggerFactory.getLogger("fr.passnumerique.clearing")).setLevel(Level.OFF);
    List<Mutant> mutants = Mutants.common();
    assertThat(mutants).hasSizeGreaterThanOrEqualTo(20);
    try (Databases databases = Databases.start(directory);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Bite.Bitten>> all =
          mutants.stream()
              .map(mutant -> threads.submit(() -> Bite.bite(databases, mutant, 1, MOST_SEEDS)))
              .toList();
      for (Future<Bite.Bitten> one : all) {
        Bite.Bitten bitten = one.get();
        assertThat(bitten.found()).as(bitten.toString()).isTrue();
      }
    }
  }
}
