package fr.passnumerique.clearing.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the last recorded time runs ahead of this node's clock. Recorded times rise with
 * position, so what a clock that was set forward has recorded, here or on another node, stays:
 * until the clock has come there each fact is recorded a microsecond after the one before, and
 * nobody would know.
 */
final class RecordedAhead {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedAhead.class);

  /** Clocks of nodes differ by less. */
  private static final Duration TOLERATED = Duration.ofSeconds(5);

  private final Clock clock;
  private volatile Instant last = Instant.EPOCH;
  private boolean told;

  RecordedAhead(Clock clock, MeterRegistry meters) {
    this.clock = clock;
    Gauge.builder("ledger.recorded.ahead", this, ahead -> ahead.now().toMillis() / 1e3)
        .baseUnit("seconds")
        .register(meters);
  }

  /**
   * By the thread that folds the registers.
   *
   * @param recordedAt of the ledger's last fact
   */
  void moved(Instant recordedAt) {
    last = recordedAt;
    boolean far = isFar();
    if (far && !told) {
      LOG.warn(
          "the last fact is recorded at {}, {} ahead of this node's clock: a clock was set forward"
              + " or is slow; set it right, recorded times stand still until it has come there",
          recordedAt,
          now());
    }
    told = far;
  }

  /** More than clocks of several nodes differ by. */
  boolean isFar() {
    return now().compareTo(TOLERATED) > 0;
  }

  /** Zero where the clock is not behind. */
  Duration now() {
    Duration ahead = Duration.between(clock.instant(), last);
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }
}
