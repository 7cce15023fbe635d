package fr.passnumerique.projections.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RelayStatusTest {
  private static final Instant NOON = Instant.parse("2030-03-01T12:00:00Z");

  /** Whose table is not to be asked: it would not answer. */
  private static final class InHand implements LedgerReader {
    @Override
    public long known() {
      return 2;
    }

    @Override
    public List<RecordedFact> recent(long after, int limit) {
      return List.of(new RecordedFact(1, NOON, new DayOpened(LocalDate.of(2030, 3, 1))));
    }

    @Override
    public long head() {
      throw new AssertionError("asked");
    }

    @Override
    public List<RecordedFact> read(long after, int limit) {
      throw new AssertionError("asked");
    }

    @Override
    public List<LedgerRow> readRows(long after, int limit) {
      throw new AssertionError("asked");
    }

    @Override
    public RecordedFact recorded(LedgerRow row) {
      throw new AssertionError("asked");
    }

    @Override
    public boolean awaitBeyond(long position, Duration atMost) {
      throw new AssertionError("asked");
    }
  }

  @Test
  void whatANodeHasInItsHandsIsToldWithoutItsDatabase() {
    LedgerRelay relay =
        new LedgerRelay(
            KafkaSettings.of("127.0.0.1:1", "none"),
            new InHand(),
            Clock.fixed(NOON.plusSeconds(3), ZoneOffset.UTC),
            new SimpleMeterRegistry());

    assertThat(relay.status().behind()).isEqualTo(2);
    assertThat(relay.status().waiting()).isEqualTo(Duration.ofSeconds(3));
    assertThat(new RelayHealth(relay).health().getDetails()).containsEntry("waitingSeconds", 3L);
  }
}
