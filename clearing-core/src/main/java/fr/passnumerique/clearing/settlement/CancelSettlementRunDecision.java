package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a run up. Whoever may open one may cancel it, alone: nothing leaves the account. Boundary:
 * the run, which is released or cancelled once.
 */
final class CancelSettlementRunDecision
    implements Decider<CancelSettlementRun, SettlementRunCancelled> {
  private final SettlementRegister register;

  CancelSettlementRunDecision(SettlementRegister register) {
    this.register = register;
  }

  @Override
  public Class<CancelSettlementRun> command() {
    return CancelSettlementRun.class;
  }

  @Override
  public Decision<SettlementRunCancelled> decide(CancelSettlementRun command, Instant receivedAt) {
    Run run = register.run(command.run());
    if (run == null) {
      return Decision.refuse(EndOfTransfer.unknown(command.run()));
    }
    return switch (run.stage()) {
      case Stage.Cancelled(var position, var _, var _) ->
          new Decision.Known<>(
              position, recorded -> new Decision.Reply.Same<>((SettlementRunCancelled) recorded));
      case Stage.Released _ ->
          Decision.refuse(
              OpenSettlementRunDecision.refusal(
                  SettlementRefusal.RUN_ALREADY_RELEASED,
                  "runId",
                  "run %s was released, so its file may be with the bank".formatted(command.run()),
                  "record what the bank says of each of its transfers"));
      case Stage.Opened _ -> cancel(command, run);
    };
  }

  private Decision<SettlementRunCancelled> cancel(CancelSettlementRun command, Run run) {
    List<PaidCents> parts = new ArrayList<>();
    List<VoidedLine> voided = new ArrayList<>();
    for (TransferId id : run.transfers()) {
      if (!(register.transfer(id) instanceof Transfer.Ordered ordered)) {
        throw new IllegalStateException(
            "a transfer of run %s ended before the run was released".formatted(run.id()));
      }
      parts.addAll(ordered.parts());
      voided.addAll(register.voided(id));
    }
    List<List<PaidCents>> pieces = Pieces.of(parts, _ -> 1);
    List<Fact> facts = new ArrayList<>();
    for (List<PaidCents> piece : pieces) {
      facts.add(
          new SettlementRunCancelled(
              run.id(),
              run.programme(),
              command.by(),
              facts.size() + 1,
              pieces.size(),
              piece,
              facts.isEmpty() ? List.copyOf(voided) : List.of()));
    }
    return new Decision.Accept<>(
        facts,
        Boundary.of("run:" + command.run(), "runs:" + run.programme()),
        (SettlementRunCancelled) facts.getFirst());
  }
}
