package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.kafka.LedgerRelay;
import fr.passnumerique.projections.kafka.RelayStatus;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ProjectionStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/** One command, no Docker: the demo starts a broker, and its pages are fed through it. */
@Tag("long")
class DemoOverKafkaIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  // The database inside is stopped with the application; what it leaves behind is of no interest.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path data;

  @Test
  void theDemoStartsABrokerAndItsProjectionsAreFedThroughIt() throws Exception {
    TestDatabase.sharePrograms(data);
    SpringApplication starter = ClearingApplication.application();
    starter.setAdditionalProfiles("demo-kafka");
    long broker;
    try (var application = starter.run("--server.port=0", "--pass.data-directory=" + data)) {
      broker = Long.parseLong(Files.readString(data.resolve("kafka/broker.pid")).strip());
      assertThat(application.getEnvironment().matchesProfiles("demo")).isTrue();
      LedgerReader ledger = application.getBean(LedgerReader.class);
      LedgerRelay relay = application.getBean(LedgerRelay.class);
      ProjectionRunners projections = application.getBean(ProjectionRunners.class);
      await(() -> ledger.head() >= 100);
      long head = ledger.head();
      await(() -> relay.status().position() >= head);
      assertThat(relay.status().state()).isEqualTo(RelayStatus.State.RUNNING);
      await(() -> projections.statuses().stream().allMatch(status -> status.position() >= head));
      assertThat(projections.statuses())
          .extracting(ProjectionStatus::state)
          .containsOnly(ProjectionStatus.State.RUNNING);
    }
    assertThat(ProcessHandle.of(broker).filter(ProcessHandle::isAlive))
        .as("the broker ends with the application")
        .isEmpty();
  }

  private static void await(BooleanSupplier over) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!over.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(100);
    }
  }
}
