package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.upkeep.SetAsideReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a projection is behind the ledger.
 *
 * @param position of the last fact in its tables
 * @param recordedAt of that fact; null before the first
 * @param head of the ledger
 * @param lagPositions between the two
 * @param lagFacts recorded and not yet in its tables; those that it passes over do not count
 * @param oldestUnfoldedAt when the oldest of those was recorded; null if there is none
 * @param lagSeconds since then
 * @param stopped where and why it stands; null while it goes on
 * @param retrying what does not answer, on the node that was asked; null while all does
 * @param rebuild under way; null if there is none
 * @param setAside facts that it passes over, in order of position
 */
public record ProjectionLag(
    String projection,
    State state,
    long position,
    @Nullable Instant recordedAt,
    long head,
    long lagPositions,
    long lagFacts,
    @Nullable Instant oldestUnfoldedAt,
    long lagSeconds,
    @Nullable Stop stopped,
    @Nullable Retry retrying,
    @Nullable Progress rebuild,
    List<PassedOver> setAside) {

  /** What it does. */
  public enum State {
    RUNNING,
    /** The database or the source does not answer; it goes on by itself. */
    RETRYING,
    /** It is folded anew; the tables of now answer, and go on. */
    REBUILDING,
    /** A fact cannot be taken. */
    STOPPED
  }

  /**
   * @param fact its type; empty if it cannot be read
   */
  public record Stop(long position, String fact, String reason, String remedy) {}

  /**
   * @param since when it was first tried again, UTC
   * @param retries since then
   */
  public record Retry(Instant since, int retries, String reason) {}

  /**
   * A fact that two people set aside.
   *
   * @param liftedAt position of the fact by which that was taken back before it was set aside anew,
   *     which liftFactAside is to be sent with; null if it never was
   */
  public record PassedOver(
      long position,
      SetAsideReason reason,
      String proposedBy,
      String confirmedBy,
      @Nullable Long liftedAt) {}
}
