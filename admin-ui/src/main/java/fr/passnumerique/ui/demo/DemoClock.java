package fr.passnumerique.ui.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The demo's time: months in seconds. It stands still until it is told to go on, never goes back,
 * and is the system's once the demo is over.
 */
final class DemoClock extends Clock {
  private volatile @Nullable Instant standing;

  DemoClock(Instant start) {
    standing = start;
  }

  /** Goes on to this instant; an earlier one changes nothing. */
  void advanceTo(Instant instant) {
    Instant now = standing;
    if (now != null && instant.isAfter(now)) {
      standing = instant;
    }
  }

  /** From now on the system's clock. */
  void endOfDemo() {
    standing = null;
  }

  @Override
  public Instant instant() {
    Instant now = standing;
    return now != null ? now : Instant.now();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /** The zone of a clock matters to those who ask it for a date; nothing here does. */
  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
