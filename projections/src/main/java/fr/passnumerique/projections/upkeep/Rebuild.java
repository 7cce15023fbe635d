package fr.passnumerique.projections.upkeep;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A projection folded anew from the ledger's start, as its row tells.
 *
 * @param number names its schemas
 * @param id given by whoever asked for it
 * @param stoppedAt position of the fact that the fold cannot take, 0 while it goes on, {@link
 *     #NO_FACT} if it stopped and no fact can be named
 * @param position of the last fact in the new tables
 * @param target of the last fact in the tables that answer
 * @param facts folded so far
 * @param lines of remittance slips in them
 * @param foldMillis spent on them
 * @param completeMillis spent on indexes and keys
 * @param compareMillis spent on comparing, while the answering tables stood still
 * @param switchMillis from asking for the locks to the commit of the switch, which is left out; 0
 *     before
 * @param comparedPosition at which sums were compared last, 0 before
 * @param differences sums that differed then
 * @param digest of those, in hexadecimal; empty if there were none
 * @param differsFrom the first position as of which an answer may differ; null if that is not
 *     known, or nothing differs
 * @param kept whether the replaced tables are kept and can be read
 * @param reason why it stopped, or who cancelled it
 */
public record Rebuild(
    long number,
    String id,
    String projection,
    State state,
    long stoppedAt,
    String askedBy,
    Instant askedAt,
    long position,
    long target,
    long facts,
    long lines,
    long foldMillis,
    long completeMillis,
    long compareMillis,
    long switchMillis,
    long comparedPosition,
    long differences,
    String digest,
    @Nullable Long differsFrom,
    boolean kept,
    @Nullable Instant endedAt,
    String reason) {

  /** In {@code stoppedAt}: keys could not be made, or tables not compared or switched. */
  static final long NO_FACT = -1;

  /** What is being done. */
  public enum State {
    /** Many facts at a time, into tables without keys. */
    FOLDING,
    /** Indexes and keys are made. */
    COMPLETING,
    /** Until it is compared. */
    CATCHING_UP,
    /** Sums differ: it waits for two people, or for another rebuild. */
    DIFFERS,
    /** It answers now. */
    SWITCHED,
    /** Another rebuild took its place, or a clerk cancelled it. */
    ABANDONED;

    public boolean ended() {
      return this == SWITCHED || this == ABANDONED;
    }

    /** Whether there is something to do without anybody. */
    boolean going() {
      return !ended() && this != DIFFERS;
    }
  }

  private static final String CANCELLED_BY = "cancelled by ";

  /** The reason of one that a clerk cancelled. */
  static String cancelled(String by) {
    return CANCELLED_BY + by;
  }

  /** The account that cancelled it; empty if nobody did. */
  public Optional<String> cancelledBy() {
    return state == State.ABANDONED && reason.startsWith(CANCELLED_BY)
        ? Optional.of(reason.substring(CANCELLED_BY.length()))
        : Optional.empty();
  }

  public boolean stopped() {
    return stoppedAt != 0;
  }

  String schema() {
    return "rebuild_" + number;
  }

  String schemaBefore() {
    return "before_" + number;
  }
}
