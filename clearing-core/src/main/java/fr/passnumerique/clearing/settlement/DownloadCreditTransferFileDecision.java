package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps each handing out of a run's file, and that it is the same file as the first time: the bank
 * would take another under the same message identification for the one it has. What has an end when
 * it is handed out for the first time is left out of it for ever. It is not handed out while a
 * transfer of it would pay again what the bank may have paid; nor for the first time while such
 * lines are netted with one, or the bank has debited one in a way that nobody has explained.
 * Boundary: the file, the run, which is released, or cancelled instead of this, and all that the
 * bank says, which ends transfers before the first handing out.
 */
final class DownloadCreditTransferFileDecision
    implements Decider<DownloadCreditTransferFile, CreditTransferFileDownloaded> {
  private final SettlementRegister register;
  private final DoubtfulTransfers doubtful;

  DownloadCreditTransferFileDecision(SettlementRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
  }

  @Override
  public Class<DownloadCreditTransferFile> command() {
    return DownloadCreditTransferFile.class;
  }

  @Override
  public Decision<CreditTransferFileDownloaded> decide(
      DownloadCreditTransferFile command, Instant receivedAt) {
    Run run = register.run(command.run());
    if (run == null) {
      return Decision.refuse(EndOfTransfer.unknown(command.run()));
    }
    Optional<Refusal> refusal =
        EndOfTransfer.refusalOfUnreleased(run).or(() -> EndOfTransfer.refusalOfNothing(run));
    if (refusal.isPresent()) {
      return Decision.refuse(refusal.get());
    }
    List<HandedOut.Download> before = register.handedOut().of(command.run());
    if (!before.isEmpty() && !before.getFirst().sha256().equals(command.sha256())) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.FILE_DIFFERS,
              "runId",
              "the file of run %s was handed out on %s and would be another one now"
                  .formatted(
                      command.run(),
                      before.getFirst().at().atZone(OpenSettlementRunDecision.PARIS).toLocalDate()),
              "set pass.operator.* back to what it was then, or send the copy you have"));
    }
    List<TransferId> leftOut = register.leftOut(run);
    LinesInDoubt doubts = new LinesInDoubt(register, run.programme(), doubtful.doubts());
    Optional<Refusal> ended =
        refusalOfEnded(run, leftOut)
            .or(() -> refusalOfOther(run, leftOut, command.leftOut()))
            .or(() -> refusalOfPaid(doubts, run, leftOut))
            .or(() -> refusalOfFirst(doubts, run));
    if (ended.isPresent()) {
      return Decision.refuse(ended.get());
    }
    CreditTransferFileDownloaded downloaded =
        new CreditTransferFileDownloaded(
            command.run(), command.by(), command.messageId(), command.sha256(), leftOut);
    return Decision.accept(
        downloaded,
        Boundary.of("file:" + command.run(), "run:" + command.run(), DoubtfulTransfers.TAG),
        downloaded);
  }

  /** That something is left to order from the bank. */
  static Optional<Refusal> refusalOfEnded(Run run, List<TransferId> leftOut) {
    return leftOut.size() == run.transfers().size()
        ? Optional.of(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.TRANSFER_ENDED,
                "runId",
                "every transfer of run %s has come to its end, and the file that orders them was never handed out"
                    .formatted(run.id()),
                "nothing is left to order: read the run for what became of its transfers"))
        : Optional.empty();
  }

  /** That the file was made of what it is to order: the bank may have debited one meanwhile. */
  private static Optional<Refusal> refusalOfOther(
      Run run, List<TransferId> leftOut, List<TransferId> made) {
    return leftOut.equals(made)
        ? Optional.empty()
        : Optional.of(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.TRANSFER_ENDED,
                "runId",
                "a transfer of run %s came to its end while the file that orders it was made"
                    .formatted(run.id()),
                "download the file again: it is made without it"));
  }

  private static Optional<Refusal> refusalOfPaid(
      LinesInDoubt doubts, Run run, List<TransferId> leftOut) {
    List<TransferId> ordered =
        run.transfers().stream().filter(id -> !leftOut.contains(id)).toList();
    return doubts
        .paidAgain(ordered)
        .map(
            twice ->
                OpenSettlementRunDecision.refusal(
                    SettlementRefusal.MAY_BE_PAID_ALREADY,
                    "runId",
                    "transfer %s would pay what may be paid: %s"
                        .formatted(twice.again(), twice.doubt().because()),
                    "if the file was never handed out, cancel the run and open another, which"
                        + " leaves that out; then "
                        + twice.doubt().remedy()));
  }

  /**
   * What a first file would settle though the bank says otherwise: a later one is the same, and
   * changes nothing any more. What a run nets without a transfer is paid since its release, and
   * goes to no bank.
   */
  private Optional<Refusal> refusalOfFirst(LinesInDoubt doubts, Run run) {
    if (register.handedOut().isHandedOut(run)) {
      return Optional.empty();
    }
    List<Nettings.Netted> undoable =
        run.transfers().stream()
            .filter(id -> register.transfer(id) instanceof Transfer.Ordered)
            .flatMap(id -> register.netted(run.id(), id).stream())
            .toList();
    return doubts
        .refusalOfNetted(run.id(), undoable)
        .or(() -> EndOfTransfer.refusalOfUnexplained(register, doubtful, run));
  }
}
