package fr.passnumerique.projections.loop;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a projection is doing.
 *
 * @param position of the last fact in its tables
 * @param behind facts recorded and not yet in its tables
 * @param waiting how long the oldest of those has been recorded; zero if there is none
 * @param stoppedAt position of the fact that it cannot accept, 0 unless {@link State#STOPPED}
 * @param reason why it stopped or is trying again, empty if neither
 * @param retries since it last went on, 0 unless {@link State#RETRYING}
 * @param retryingSince when the first of them was, UTC; null unless {@link State#RETRYING}
 */
public record ProjectionStatus(
    String name,
    State state,
    long position,
    long behind,
    Duration waiting,
    long stoppedAt,
    String reason,
    int retries,
    @Nullable Instant retryingSince) {

  /** What the loop is doing. */
  public enum State {
    STARTING,
    RUNNING,
    /** The database or the source does not answer; it will go on by itself. */
    RETRYING,
    /** A fact cannot be accepted. It stays so until the cause is mended and the node restarted. */
    STOPPED,
    CLOSED
  }
}
