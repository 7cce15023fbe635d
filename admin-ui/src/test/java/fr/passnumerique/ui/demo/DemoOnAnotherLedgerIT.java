package fr.passnumerique.ui.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.ui.ClearingApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The demo is played on its own ledger alone. */
@Tag("long")
class DemoOnAnotherLedgerIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path data;

  @Test
  void aLedgerThatIsNotTheDemosIsRefusedBeforeAnythingIsWritten() throws Exception {
    Path directory = data.resolve("another");
    List<RecordedFact> before;
    try (var application = start(directory)) {
      before = facts(application, facts -> !facts.isEmpty());
    }

    assertThatThrownBy(() -> start(directory, "demo").close())
        .rootCause()
        .hasMessageContaining("Ce registre n’est pas celui de la démonstration")
        .hasMessageContaining("--pass.data-directory");

    assertThat(directory.resolve("demo-accounts.json")).doesNotExist();
    try (var application = start(directory)) {
      assertThat(facts(application, facts -> true)).startsWith(before.getFirst());
      assertThat(Files.exists(directory.resolve("demo-accounts.json"))).isFalse();
    }
  }

  @Test
  void oneThatTheDemoBeganIsGoneOnWith() throws Exception {
    Path directory = data.resolve("demo");
    int begun;
    try (var application = start(directory, "demo")) {
      begun = facts(application, facts -> facts.size() > 2).size();
    }
    try (var application = start(directory, "demo")) {
      assertThat(facts(application, facts -> facts.size() > begun + 10)).isNotEmpty();
    }
  }

  private static ConfigurableApplicationContext start(Path directory, String... profiles)
      throws IOException {
    TestDatabase.sharePrograms(directory);
    SpringApplication starter = new SpringApplication(ClearingApplication.class);
    starter.setAdditionalProfiles(profiles);
    return starter.run("--server.port=0", "--pass.data-directory=" + directory);
  }

  /** Waits until they are as they are to be. */
  private static List<RecordedFact> facts(
      ConfigurableApplicationContext application, Predicate<List<RecordedFact>> wanted)
      throws InterruptedException {
    LedgerReader ledger = application.getBean(LedgerReader.class);
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<RecordedFact> facts = ledger.read(0, 1_000);
    while (!wanted.test(facts) && System.nanoTime() < end) {
      Thread.sleep(20);
      facts = ledger.read(0, 1_000);
    }
    assertThat(wanted.test(facts)).as("in time").isTrue();
    return facts;
  }
}
