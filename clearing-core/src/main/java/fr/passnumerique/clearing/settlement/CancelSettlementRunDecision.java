package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a run up. Whoever may open one may cancel it, alone: nothing leaves the account. A released
 * run too, as long as nobody was given its file; what the bank debited of it all the same keeps its
 * end, and so does what it nets without a transfer, which is paid since the release and never went
 * to the bank. Boundary: the run, which is opened, released, handed out or cancelled; if it was
 * released, all that the bank says, which may debit its transfers, and the reversals of its venues.
 */
final class CancelSettlementRunDecision
    implements Decider<CancelSettlementRun, SettlementRunCancelled> {
  private final SettlementRegister register;
  private final DoubtfulTransfers doubtful;

  CancelSettlementRunDecision(SettlementRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
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
      case Stage.Cancelled(var position, var _, var _, var _) ->
          new Decision.Known<>(
              position, recorded -> new Decision.Reply.Same<>((SettlementRunCancelled) recorded));
      case Stage.Released _ ->
          refusalOfReleased(run)
              .<Decision<SettlementRunCancelled>>map(Decision::refuse)
              .orElseGet(() -> cancel(command, run));
      case Stage.Opened _ -> cancel(command, run);
    };
  }

  private Optional<Refusal> refusalOfReleased(Run run) {
    if (register.handedOut().isHandedOut(run)) {
      return Optional.of(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.RUN_ALREADY_RELEASED,
              "runId",
              "the file of run %s was handed out, so it may be with the bank".formatted(run.id()),
              "record what the bank says of each of its transfers"));
    }
    return EndOfTransfer.refusalOfNothing(run)
        .or(() -> DownloadCreditTransferFileDecision.refusalOfEnded(run, register.leftOut(run)))
        .or(() -> EndOfTransfer.refusalOfUnexplained(register, doubtful, run));
  }

  private Decision<SettlementRunCancelled> cancel(CancelSettlementRun command, Run run) {
    boolean released = run.stage() instanceof Stage.Released;
    List<PaidCents> parts = new ArrayList<>();
    List<VoidedLine> voided = new ArrayList<>();
    List<Netting> nettings = new ArrayList<>();
    List<TransferId> kept = new ArrayList<>();
    Set<String> looked = new HashSet<>(Set.of("run:" + run.id(), "runs:" + run.programme()));
    for (TransferId id : run.transfers()) {
      if (register.transfer(id) instanceof Transfer.Ordered ordered) {
        parts.addAll(ordered.parts());
        voided.addAll(register.voided(id));
        if (released) {
          nettings.addAll(register.nettings(run.id(), id));
          looked.addAll(EndOfTransfer.reversalsOf(ordered));
        }
      } else if (released) {
        kept.add(id);
      } else {
        throw new IllegalStateException(
            "a transfer of run %s ended before the run was released".formatted(run.id()));
      }
    }
    if (released) {
      looked.addAll(Set.of(TransferWord.FILES, DoubtfulTransfers.TAG));
    }
    List<List<PaidCents>> pieces = Pieces.of(parts, _ -> 1);
    List<Fact> facts = new ArrayList<>();
    for (List<PaidCents> piece : pieces) {
      boolean first = facts.isEmpty();
      facts.add(
          new SettlementRunCancelled(
              run.id(),
              run.programme(),
              command.by(),
              facts.size() + 1,
              pieces.size(),
              piece,
              first ? List.copyOf(voided) : List.of(),
              first ? List.copyOf(nettings) : List.of(),
              first ? List.copyOf(kept) : List.of()));
    }
    return new Decision.Accept<>(
        facts, Boundary.of(looked), (SettlementRunCancelled) facts.getFirst());
  }
}
