package fr.passnumerique.ui.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;

class TrialStartTest {
  @TempDir private Path data;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spring.datasource.url\": \"jdbc:postgresql://127.0.0.1:1/ours\"}",
        "{\"spring.kafka.bootstrapServers\": \"127.0.0.1:1\"}"
      })
  void whereADatabaseOrBrokersAreSetItRefusesBeforeAnythingIsMade(String settings) {
    System.setProperty("spring.application.json", settings);
    try {
      assertThatIllegalStateException()
          .isThrownBy(() -> TrialStart.start(data).close())
          .withMessageContainingAll("has a ledger of its own, but spring.", "is set")
          .withMessageNotContaining("127.0.0.1");
    } finally {
      System.clearProperty("spring.application.json");
    }
    assertThat(data).isEmptyDirectory();
  }

  @Test
  @Timeout(10)
  void aDemoThatBrokeOffIsNotWaitedFor() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                TrialStart.awaitSlips(
                    new NoFacts(),
                    () -> Health.down().withDetail("saying", "interrompue : disque").build()))
        .withMessage("the demo broke off after 0 slips: interrompue : disque");
  }

  private static final class NoFacts implements LedgerReader {
    @Override
    public long head() {
      return 0;
    }

    @Override
    public List<RecordedFact> read(long after, int limit) {
      return List.of();
    }

    @Override
    public List<LedgerRow> readRows(long after, int limit) {
      return List.of();
    }

    @Override
    public RecordedFact recorded(LedgerRow row) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean awaitBeyond(long position, Duration atMost) {
      return false;
    }
  }
}
