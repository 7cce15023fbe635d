package fr.passnumerique.projections.kafka;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when the topic must not be continued. */
final class RelayHealth implements HealthIndicator {
  private final LedgerRelay relay;

  RelayHealth(LedgerRelay relay) {
    this.relay = relay;
  }

  @Override
  public Health health() {
    RelayStatus status = relay.status();
    Health.Builder health =
        status.state() == RelayStatus.State.STOPPED ? Health.down() : Health.up();
    health
        .withDetail("state", status.state())
        .withDetail("position", status.position())
        .withDetail("behind", status.behind())
        .withDetail("waitingSeconds", status.waiting().toSeconds());
    if (!status.reason().isEmpty()) {
      health.withDetail("reason", status.reason());
    }
    return health.build();
  }
}
