package fr.passnumerique.projections.kafka;

import java.time.Duration;

/**
 * How the relay is doing.
 *
 * @param position of the last fact in the topic, as far as this relay knows
 * @param behind facts recorded and not yet in the topic
 * @param waiting how long the oldest of those has been recorded; zero if there is none
 * @param reason why it stopped or is trying again, empty if neither
 */
public record RelayStatus(
    State state, long position, long behind, Duration waiting, String reason) {

  /** What a relay is doing. */
  public enum State {
    STARTING,
    RUNNING,
    /** Another relay writes; this one watches whether it keeps up. */
    STANDBY,
    /** Brokers or ledger do not answer; it will go on by itself. */
    RETRYING,
    /**
     * The topic must not be continued. It stays so until the cause is mended and the node
     * restarted.
     */
    STOPPED,
    CLOSED
  }
}
