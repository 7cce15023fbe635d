package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.territory.Paris;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A reversal as it is told to the clerk and the venue.
 *
 * @param confirmedBy the second account, where the amount called for one
 * @param contestUntil the last day on which the venue can contest; empty while it is proposed
 * @param dueBackCents came back to the funders: never paid, netted, or paid back, the part of a
 *     line too that a debit note's payments have brought
 * @param claimedCents the venue owes it
 * @param owedAgainCents owed to the venue again, its reversal being lifted
 * @param forgivenCents the venue keeps it, its reversal being lifted
 */
public record Reversal(
    String reversal,
    String venue,
    String slip,
    State state,
    Reason reason,
    String reversedBy,
    Optional<String> confirmedBy,
    Optional<LocalDate> reversedOn,
    Optional<LocalDate> contestUntil,
    long amountCents,
    long dueBackCents,
    long claimedCents,
    long owedAgainCents,
    long forgivenCents,
    List<Line> lines) {

  /** How far it has come. */
  public enum State {
    /** Moves nothing before a second person confirms it. */
    PROPOSED,
    /** Given up before it counted. */
    DROPPED,
    REVERSED,
    CONTESTED,
    UPHELD,
    LIFTED
  }

  /** What became of a reversed line's cents. */
  public enum Recovery {
    /** Nothing yet: the reversal is proposed. */
    NONE,
    DUE_BACK,
    CLAIMED,
    /** A run that is not released yet nets it. */
    BEING_NETTED,
    ON_DEBIT_NOTE,
    OWED_AGAIN,
    FORGIVEN
  }

  /**
   * @param line in the slip, from 1
   */
  public record Line(int line, String cheque, long cents, Recovery recovery) {}

  static Reversal of(ReversalRegister.Known known) {
    List<Line> lines =
        known.lines().stream()
            .map(
                line ->
                    new Line(line.line(), line.cheque().toString(), line.cents(), line.recovery()))
            .toList();
    long onNotes = paidInPart(known, Recovery.ON_DEBIT_NOTE);
    long forgiven = paidInPart(known, Recovery.FORGIVEN);
    return new Reversal(
        known.id().value(),
        known.venue().value(),
        known.reference().value(),
        known.state(),
        known.reason(),
        known.reversedBy(),
        known.confirmedBy(),
        known.reversedAt().map(Paris::dayOf),
        known.contestUntil(),
        known.cents(),
        sum(lines, Recovery.DUE_BACK) + onNotes,
        sum(lines, Recovery.CLAIMED)
            + sum(lines, Recovery.BEING_NETTED)
            + sum(lines, Recovery.ON_DEBIT_NOTE)
            - onNotes,
        sum(lines, Recovery.OWED_AGAIN) + forgiven,
        sum(lines, Recovery.FORGIVEN) - forgiven,
        lines);
  }

  /** What lines brought that are not paid back whole. */
  private static long paidInPart(ReversalRegister.Known known, Recovery recovery) {
    return known.lines().stream()
        .filter(line -> line.recovery() == recovery)
        .mapToLong(ReversalRegister.Line::paidOnNoteCents)
        .sum();
  }

  /** As it stands when its fact is recorded. */
  static Reversal of(LinesReversed fact, Optional<LocalDate> on) {
    List<Line> lines =
        fact.lines().stream()
            .map(
                line ->
                    new Line(
                        line.line(),
                        line.cheque().toString(),
                        line.cents(),
                        line.standing() == ReversedLine.Standing.OWED
                            ? Recovery.DUE_BACK
                            : Recovery.CLAIMED))
            .toList();
    return new Reversal(
        fact.reversal().value(),
        fact.venue().value(),
        fact.reference().value(),
        State.REVERSED,
        fact.reason(),
        fact.reversedBy(),
        fact.confirmedBy(),
        on,
        Optional.of(fact.contestUntil()),
        fact.cents(),
        sum(lines, Recovery.DUE_BACK),
        sum(lines, Recovery.CLAIMED),
        0,
        0,
        lines);
  }

  static Reversal of(ReversalProposed fact) {
    return new Reversal(
        fact.reversal().value(),
        fact.venue().value(),
        fact.reference().value(),
        State.PROPOSED,
        fact.reason(),
        fact.proposedBy(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        fact.cents(),
        0,
        0,
        0,
        0,
        fact.lines().stream()
            .map(line -> new Line(line.line(), line.cheque().toString(), 0, Recovery.NONE))
            .toList());
  }

  private static long sum(List<Line> lines, Recovery recovery) {
    return lines.stream().filter(line -> line.recovery() == recovery).mapToLong(Line::cents).sum();
  }
}
