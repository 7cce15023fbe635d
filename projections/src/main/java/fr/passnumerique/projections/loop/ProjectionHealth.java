package fr.passnumerique.projections.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down as soon as one projection has stopped: what is read there no longer follows the ledger. */
public final class ProjectionHealth implements HealthIndicator {
  private final ProjectionRunners runners;

  public ProjectionHealth(ProjectionRunners runners) {
    this.runners = runners;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (ProjectionStatus status : runners.statuses()) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("state", status.state());
      details.put("position", status.position());
      details.put("behind", status.behind());
      if (status.state() == ProjectionStatus.State.STOPPED) {
        health.down();
        details.put("stoppedAt", status.stoppedAt());
      }
      if (!status.reason().isEmpty()) {
        details.put("reason", status.reason());
      }
      health.withDetail(status.name(), details);
    }
    return health.build();
  }
}
