package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.List;

/**
 * Keeps that an order's file is handed out. The components are those of the fact.
 *
 * @param leftOut transfers that the file, as it was made, does not order
 */
public record DownloadRefundFile(
    RefundOrderId order, String by, String messageId, String sha256, List<TransferId> leftOut)
    implements Command<RefundFileDownloaded> {
  public DownloadRefundFile {
    leftOut = List.copyOf(leftOut);
  }

  /** Of a file that orders all. */
  DownloadRefundFile(RefundOrderId order, String by, String messageId, String sha256) {
    this(order, by, messageId, sha256, List.of());
  }
}
