package fr.passnumerique.clearing.settlement;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.ProgrammeId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Cents of a slip that are at one place. All parts of a slip sum to what its accepted lines come
 * to.
 *
 * @param programme whose cheques they are; left out where there is no money
 * @param cents below zero for {@code GIVEN_BACK} alone
 * @param reversedCents of these, of lines that are reversed and not settled: the venue owes them
 *     back once it has them. Not those that a released run netted or a debit note asks for
 * @param runId that takes or took them
 * @param transferId that pays, is to pay or was to pay them; left out of what is netted or owed
 * @param reason ISO 20022, of what the bank sent back
 * @param on Europe/Paris: the bank's day of what it paid or sent back, the day on which it is asked
 *     to pay, or the day of the netting, reversal or withdrawal
 */
@Schema(name = "SlipPart")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SlipPart(
    SlipState state,
    Optional<ProgrammeId> programme,
    long cents,
    long reversedCents,
    Optional<SettlementRunId> runId,
    Optional<TransferId> transferId,
    Optional<String> reason,
    Optional<LocalDate> on) {
  private static SlipPart of(SlipState state, Optional<ProgrammeId> programme) {
    return new SlipPart(
        state,
        programme,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Of a slip for which nothing was ever owed. */
  static SlipPart without(boolean accepted) {
    return of(accepted ? SlipState.WAIVED : SlipState.REFUSED, Optional.empty());
  }

  static SlipPart of(SlipState state, ProgrammeId programme) {
    return of(state, Optional.of(programme));
  }

  SlipPart in(SettlementRunId run) {
    return new SlipPart(
        state, programme, cents, reversedCents, Optional.of(run), transferId, reason, on);
  }

  SlipPart by(SettlementRunId run, TransferId transfer) {
    return new SlipPart(
        state,
        programme,
        cents,
        reversedCents,
        Optional.of(run),
        Optional.of(transfer),
        reason,
        on);
  }

  SlipPart on(LocalDate day) {
    return new SlipPart(
        state, programme, cents, reversedCents, runId, transferId, reason, Optional.of(day));
  }

  SlipPart because(String code) {
    return new SlipPart(
        state, programme, cents, reversedCents, runId, transferId, Optional.of(code), on);
  }

  SlipPart with(long sum, long ofReversed) {
    return new SlipPart(state, programme, sum, ofReversed, runId, transferId, reason, on);
  }

  /** Of the same place. */
  SlipPart plus(SlipPart other) {
    return with(
        Math.addExact(cents, other.cents), Math.addExact(reversedCents, other.reversedCents));
  }
}
