package fr.passnumerique.projections.kafka;

import fr.passnumerique.projections.loop.ProjectionHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down when the topic must not be continued; retrying while ledger or brokers do not answer. */
final class RelayHealth implements HealthIndicator {
  private final LedgerRelay relay;

  RelayHealth(LedgerRelay relay) {
    this.relay = relay;
  }

  @Override
  public Health health() {
    RelayStatus status = relay.status();
    Health.Builder health =
        switch (status.state()) {
          case STOPPED -> Health.down();
          case RETRYING -> Health.status(ProjectionHealth.RETRYING);
          default -> Health.up();
        };
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
