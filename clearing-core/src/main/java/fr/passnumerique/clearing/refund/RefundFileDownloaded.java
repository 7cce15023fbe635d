package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.util.List;
import java.util.Set;

/**
 * An order's credit transfer file was handed out. Every download is one such fact.
 *
 * @param downloadedBy the account
 * @param messageId by which the bank tells a file sent twice
 * @param sha256 of the file's bytes, in hexadecimal
 * @param leftOut transfers of the order that the file does not have: they had come to an end before
 *     it was handed out for the first time
 */
public record RefundFileDownloaded(
    RefundOrderId order,
    String downloadedBy,
    String messageId,
    String sha256,
    @LeftOutWhenEmpty List<TransferId> leftOut)
    implements Fact {
  public RefundFileDownloaded {
    leftOut = List.copyOf(leftOut);
  }

  /** Of a file that orders all. */
  public RefundFileDownloaded(
      RefundOrderId order, String downloadedBy, String messageId, String sha256) {
    this(order, downloadedBy, messageId, sha256, List.of());
  }

  static String tag(RefundOrderId order) {
    return "refund-file:" + order;
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(order), TransferWord.FILES);
  }
}
