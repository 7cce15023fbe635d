package fr.passnumerique.projections.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Down as soon as one projection has stopped: what is read there no longer follows the ledger.
 * {@link #RETRYING} while one waits for a database or broker: it will go on by itself, and what it
 * holds is answered meanwhile, so readiness does not depend on it.
 */
public final class ProjectionHealth implements HealthIndicator {
  /** Worse than up and better than down; answered with the HTTP status of up. */
  public static final Status RETRYING =
      new Status("RETRYING", "Something does not answer; it is tried again until it does");

  private final ProjectionRunners runners;

  public ProjectionHealth(ProjectionRunners runners) {
    this.runners = runners;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    boolean stopped = false;
    for (ProjectionStatus status : runners.statuses()) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("state", status.state());
      details.put("position", status.position());
      details.put("behind", status.behind());
      if (status.state() == ProjectionStatus.State.STOPPED) {
        health.down();
        stopped = true;
        details.put("stoppedAt", status.stoppedAt());
      }
      if (status.state() == ProjectionStatus.State.RETRYING) {
        if (!stopped) {
          health.status(RETRYING);
        }
        details.put("retries", status.retries());
        details.put("retryingSince", String.valueOf(status.retryingSince()));
      }
      if (!status.reason().isEmpty()) {
        details.put("reason", status.reason());
      }
      health.withDetail(status.name(), details);
    }
    return health.build();
  }
}
