package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * A run's credit transfer file was handed out. Every download is one such fact, so that it can be
 * told how often, to whom, and that it was the same file.
 *
 * @param downloadedBy the account
 * @param messageId by which the bank tells a file sent twice
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record CreditTransferFileDownloaded(
    SettlementRunId run, String downloadedBy, String messageId, String sha256) implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("file:" + run);
  }
}
