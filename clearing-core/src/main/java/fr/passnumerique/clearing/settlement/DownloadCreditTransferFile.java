package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Command;
import java.util.List;

/**
 * Keeps that a run's file is handed out. The components are those of the fact.
 *
 * @param leftOut transfers that the file, as it was made, does not order
 */
public record DownloadCreditTransferFile(
    SettlementRunId run, String by, String messageId, String sha256, List<TransferId> leftOut)
    implements Command<CreditTransferFileDownloaded> {
  public DownloadCreditTransferFile {
    leftOut = List.copyOf(leftOut);
  }

  /** Of a file that orders the whole run. */
  DownloadCreditTransferFile(SettlementRunId run, String by, String messageId, String sha256) {
    this(run, by, messageId, sha256, List.of());
  }
}
