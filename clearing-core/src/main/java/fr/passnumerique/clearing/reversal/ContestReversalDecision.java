package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.ALREADY_CONTESTED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.CONTEST_TOO_LATE;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_CREDITED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_NOT_CONFIRMED;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.reversal.ReversalRegister.Known;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;

/** A venue contests once, within its deadline. Boundary: the reversal. */
final class ContestReversalDecision implements Decider<ContestReversal, ReversalContested> {
  private final ReversalRegister register;

  ContestReversalDecision(ReversalRegister register) {
    this.register = register;
  }

  @Override
  public Class<ContestReversal> command() {
    return ContestReversal.class;
  }

  @Override
  public Decision<ReversalContested> decide(ContestReversal command, Instant receivedAt) {
    Known known = register.reversal(command.reversal());
    if (known == null || !known.venue().equals(command.venue())) {
      return Decision.refuse(ConfirmReversalDecision.unknown(command.reversal()));
    }
    if (register.droppedAt(known.id()) != null) {
      return Decision.refuse(ConfirmReversalDecision.dropped(known.id()));
    }
    if (known.confirmed() == 0) {
      return Decision.refuse(
          REVERSAL_NOT_CONFIRMED.because(
              "reversalId",
              "reversal %s is proposed and counts only once a second person confirms it"
                  .formatted(known.id()),
              "wait until it counts"));
    }
    if (known.contested() != 0) {
      return new Decision.Known<>(
          known.contested(),
          recorded -> {
            ReversalContested contested = (ReversalContested) recorded;
            return contested.note().equals(command.note())
                ? new Decision.Reply.Same<>(contested)
                : new Decision.Reply.Different<>(
                    ALREADY_CONTESTED.because(
                        "note",
                        "reversal %s is contested already, with another note".formatted(known.id()),
                        "tell the operator what is to be added"));
          });
    }
    LocalDate today = Paris.dayOf(receivedAt);
    LocalDate until = known.contestUntil().orElseThrow();
    if (today.isAfter(until)) {
      return Decision.refuse(
          CONTEST_TOO_LATE.because(
              "reversalId",
              "reversal %s could be contested until %s, today is %s"
                  .formatted(known.id(), until, today),
              "write to the operator"));
    }
    // Taken in the last second of the deadline, and recorded after the note of the day that
    // follows.
    if (known.lines().stream().anyMatch(line -> register.credits().isCredited(line.cheque()))) {
      return Decision.refuse(
          REVERSAL_CREDITED.because(
              "reversalId",
              "the value of reversal %s is on a credit note".formatted(known.id()),
              "write to the operator"));
    }
    ReversalContested contested =
        new ReversalContested(known.id(), known.venue(), command.by(), command.note());
    return Decision.accept(contested, Boundary.of("reversal:" + known.id()), contested);
  }
}
