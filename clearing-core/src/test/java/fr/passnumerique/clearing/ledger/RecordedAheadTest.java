package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RecordedAheadTest {
  private static final Instant NOON = Instant.parse("2030-03-01T12:00:00Z");
  private static final String SAID = "ahead of this node's clock";

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RecordedAhead ahead =
      new RecordedAhead(((InstantSource) now::get).withZone(ZoneOffset.UTC), meters);

  private double gauge() {
    return meters.get("ledger.recorded.ahead").gauge().value();
  }

  @Test
  void asMuchAsClocksOfNodesDifferByIsTolerated(CapturedOutput output) {
    ahead.moved(NOON.plusSeconds(5));

    assertThat(ahead.isFar()).isFalse();
    assertThat(gauge()).isEqualTo(5);
    assertThat(output).doesNotContain(SAID);
  }

  @Test
  void moreIsToldOnceAndAgainOnlyOnceTheClockHadComeThere(CapturedOutput output) {
    ahead.moved(NOON.plusSeconds(3_600));
    ahead.moved(NOON.plusSeconds(3_600).plusNanos(1_000));

    assertThat(ahead.isFar()).isTrue();
    assertThat(ahead.now()).isBetween(Duration.ofHours(1), Duration.ofSeconds(3_601));
    assertThat(gauge()).isEqualTo(3_600);
    assertThat(output.toString().split(SAID, -1)).as("said once").hasSize(2);

    now.set(NOON.plusSeconds(7_200));
    ahead.moved(NOON.plusSeconds(7_199));
    assertThat(ahead.isFar()).isFalse();
    assertThat(gauge()).isZero();
    now.set(NOON);
    ahead.moved(NOON.plusSeconds(7_200));
    assertThat(output.toString().split(SAID, -1)).as("said again").hasSize(3);
  }
}
