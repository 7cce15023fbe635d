package fr.passnumerique.ui.figures;

import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ProjectionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far what a page shows has followed the ledger. */
public final class Standings {
  /** A page rather shows where it stands than keep its reader waiting. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ProjectionRunners runners;

  Standings(ProjectionRunners runners) {
    this.runners = runners;
  }

  /**
   * Waits a moment for these projections.
   *
   * @return the ledger's head, 0 while it cannot be read
   */
  public long awaitHead(String... projections) {
    return runners.awaitHead(PATIENCE, projections);
  }

  /**
   * @param position at which the figures stand
   * @param head the ledger's, when asked
   */
  public Situation of(
      long position, @Nullable Instant recordedAt, long head, String... projections) {
    List<String> names = List.of(projections);
    boolean stopped =
        runners.statuses().stream()
            .anyMatch(
                status ->
                    names.contains(status.name())
                        && status.state() == ProjectionStatus.State.STOPPED);
    return new Situation(position, recordedAt, Math.max(0, head - position), stopped);
  }
}
