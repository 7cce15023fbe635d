package fr.passnumerique.projections.upkeep;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a rebuild goes on.
 *
 * @param state STOPPED at a fact that the fold cannot take, else what is being done
 * @param position of the last fact in the new tables
 * @param of the position that they go to: where the answering tables stand
 * @param facts folded so far
 * @param lines of remittance slips in those
 * @param linesPerSecond while folding; 0 before the first batch
 * @param expectedEnd of the folding, at the pace so far; null when it cannot be told or is over
 * @param completeMillis spent on indexes and keys
 * @param compareMillis spent on comparing the sums: the answering tables stood still, and answered
 * @param switchMillis from asking for the locks to when the switch was committed, that commit left
 *     out: readers waited; 0 until it is switched
 * @param comparedPosition at which sums were compared last, 0 before
 * @param differences sums that differed then
 * @param digest of those; empty if there were none
 * @param differsFrom the first position as of which an answer may differ: before it the figures are
 *     the same; left out if that is not known, or nothing differs
 * @param replacedKept whether the figures shown before can be read
 * @param stoppedAt position of the fact that the fold cannot take, 0 while it goes on, -1 if it
 *     stopped and no fact can be named
 */
public record Progress(
    String rebuild,
    String projection,
    @Schema(
            allowableValues = {
              "FOLDING",
              "COMPLETING",
              "CATCHING_UP",
              "DIFFERS",
              "SWITCHED",
              "ABANDONED",
              "STOPPED"
            })
        String state,
    String askedBy,
    Instant askedAt,
    long position,
    long of,
    long facts,
    long lines,
    long linesPerSecond,
    @Nullable Instant expectedEnd,
    long completeMillis,
    long compareMillis,
    long switchMillis,
    long comparedPosition,
    long differences,
    String digest,
    @Nullable Long differsFrom,
    boolean replacedKept,
    long stoppedAt,
    String reason,
    @Nullable Instant endedAt) {

  public static Progress of(Rebuild r, Instant now) {
    long millis = Math.max(1, r.foldMillis());
    Instant end = null;
    if (r.state() == Rebuild.State.FOLDING && !r.stopped() && r.facts() > 0) {
      long left = Math.max(0, r.target() - r.position());
      end = now.plusMillis((long) (left * (double) millis / r.facts()));
    }
    return new Progress(
        r.id(),
        r.projection(),
        r.stopped() && r.state().going() ? "STOPPED" : r.state().name(),
        r.askedBy(),
        r.askedAt(),
        r.position(),
        r.target(),
        r.facts(),
        r.lines(),
        r.facts() == 0 ? 0 : r.lines() * 1_000 / millis,
        end,
        r.completeMillis(),
        r.compareMillis(),
        r.switchMillis(),
        r.comparedPosition(),
        r.differences(),
        r.digest(),
        r.differsFrom(),
        r.kept(),
        r.stoppedAt(),
        r.reason(),
        r.endedAt());
  }

  /** Per cent, rounded down; 100 only when nothing is left. */
  public int percent() {
    return of <= 0 ? 0 : (int) Math.min(100, position * 100 / of);
  }
}
