package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.settlement.SettlementRegister.Download;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps each handing out of a run's file, and that it is the same file as the first time: the bank
 * would take another under the same message identification for the one it has. Boundary: the file,
 * and the run, which is released for ever.
 */
final class DownloadCreditTransferFileDecision
    implements Decider<DownloadCreditTransferFile, CreditTransferFileDownloaded> {
  private final SettlementRegister register;

  DownloadCreditTransferFileDecision(SettlementRegister register) {
    this.register = register;
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
    List<Download> before = register.downloads(command.run());
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
    CreditTransferFileDownloaded downloaded =
        new CreditTransferFileDownloaded(
            command.run(), command.by(), command.messageId(), command.sha256());
    return Decision.accept(
        downloaded, Boundary.of("file:" + command.run(), "run:" + command.run()), downloaded);
  }
}
