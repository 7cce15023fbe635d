package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_ALREADY_CONFIRMED;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.reversal.ReversalRegister.Known;
import java.time.Instant;

/** It moved nothing yet, so one person may give it up. Boundary: the reversal. */
final class DropReversalDecision implements Decider<DropReversal, ReversalDropped> {
  private final ReversalRegister register;

  DropReversalDecision(ReversalRegister register) {
    this.register = register;
  }

  @Override
  public Class<DropReversal> command() {
    return DropReversal.class;
  }

  @Override
  public Decision<ReversalDropped> decide(DropReversal command, Instant receivedAt) {
    Known known = register.reversal(command.reversal());
    if (known == null) {
      return Decision.refuse(ConfirmReversalDecision.unknown(command.reversal()));
    }
    Long dropped = register.droppedAt(known.id());
    if (dropped != null) {
      return new Decision.Known<>(
          dropped, recorded -> new Decision.Reply.Same<>((ReversalDropped) recorded));
    }
    if (known.confirmed() != 0) {
      return Decision.refuse(
          REVERSAL_ALREADY_CONFIRMED.because(
              "reversalId",
              "reversal %s counts, and its cheques are void for good".formatted(known.id()),
              "have the venue contest it and another clerk lift it"));
    }
    ReversalDropped fact = new ReversalDropped(known.id(), known.venue(), command.by());
    return Decision.accept(fact, Boundary.of(fact.tags()), fact);
  }
}
