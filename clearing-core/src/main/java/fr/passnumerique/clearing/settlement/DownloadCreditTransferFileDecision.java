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
 * would take another under the same message identification for the one it has. It is not handed out
 * while a transfer of it would pay again what the bank may have paid; nor for the first time once
 * one of them has an end, which nobody can have told who had the file. Boundary: the file, the run,
 * which is released for ever, and all that the bank says.
 */
final class DownloadCreditTransferFileDecision
    implements Decider<DownloadCreditTransferFile, CreditTransferFileDownloaded> {
  private final SettlementRegister register;
  private final BankWord word;
  private final DoubtfulTransfers doubtful;

  DownloadCreditTransferFileDecision(SettlementRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.word = new BankWord(register);
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
    Optional<Refusal> paid = refusalOfPaid(run, before.isEmpty());
    if (paid.isPresent()) {
      return Decision.refuse(paid.get());
    }
    CreditTransferFileDownloaded downloaded =
        new CreditTransferFileDownloaded(
            command.run(), command.by(), command.messageId(), command.sha256());
    return Decision.accept(
        downloaded,
        Boundary.of("file:" + command.run(), "run:" + command.run(), DoubtfulTransfers.TAG),
        downloaded);
  }

  private Optional<Refusal> refusalOfPaid(Run run, boolean first) {
    Optional<DoubtfulTransfers.Twice> twice = doubtful.paidAgain(run.transfers(), word);
    if (twice.isPresent()) {
      return Optional.of(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.MAY_BE_PAID_ALREADY,
              "runId",
              "transfer %s pays again what the bank may have paid by transfer %s"
                  .formatted(twice.get().again(), twice.get().paid()),
              "match the bank's entry to transfer %s by matchBankEntry if it is paid so; "
                      .formatted(twice.get().again())
                  + "if the bank gives the money back, offset the two entries; if its debit and"
                  + " its return are explained, close the bank's exception on it"
                  + " (closeBankException)"));
    }
    return first
        ? run.transfers().stream()
            .filter(id -> !(register.transfer(id) instanceof Transfer.Ordered))
            .findFirst()
            .map(
                id ->
                    OpenSettlementRunDecision.refusal(
                        SettlementRefusal.TRANSFER_ENDED,
                        "runId",
                        "transfer %s of run %s has come to its end, and the file that orders it was never handed out"
                            .formatted(id, run.id()),
                        "reject the run's other transfers (rejectTransfer): what they were to pay"
                            + " is owed again, and the next run pays it"))
        : Optional.empty();
  }
}
