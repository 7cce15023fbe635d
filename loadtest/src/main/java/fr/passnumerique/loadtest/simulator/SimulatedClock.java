package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** Stands still until it is moved. */
final class SimulatedClock extends Clock {
  private volatile Instant now = Instant.EPOCH;

  /** Never back. */
  void moveTo(Instant instant) {
    if (instant.isAfter(now)) {
      now = instant;
    }
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return Paris.ZONE;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
