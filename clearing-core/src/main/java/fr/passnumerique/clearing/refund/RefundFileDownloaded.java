package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * An order's credit transfer file was handed out. Every download is one such fact.
 *
 * @param downloadedBy the account
 * @param messageId by which the bank tells a file sent twice
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record RefundFileDownloaded(
    RefundOrderId order, String downloadedBy, String messageId, String sha256) implements Fact {
  static String tag(RefundOrderId order) {
    return "refund-file:" + order;
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(order));
  }
}
