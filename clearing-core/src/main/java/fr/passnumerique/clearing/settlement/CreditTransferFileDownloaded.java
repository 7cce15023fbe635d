package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.List;
import java.util.Set;

/**
 * A run's credit transfer file was handed out. Every download is one such fact, so that it can be
 * told how often, to whom, and that it was the same file.
 *
 * @param downloadedBy the account
 * @param messageId by which the bank tells a file sent twice
 * @param sha256 of the file's bytes, in hexadecimal
 * @param leftOut transfers of the run that the file does not order: they had come to an end before
 *     it was handed out for the first time
 */
public record CreditTransferFileDownloaded(
    SettlementRunId run,
    String downloadedBy,
    String messageId,
    String sha256,
    @LeftOutWhenEmpty List<TransferId> leftOut)
    implements Fact {
  public CreditTransferFileDownloaded {
    leftOut = List.copyOf(leftOut);
  }

  /** Of a file that orders the whole run. */
  public CreditTransferFileDownloaded(
      SettlementRunId run, String downloadedBy, String messageId, String sha256) {
    this(run, downloadedBy, messageId, sha256, List.of());
  }

  @Override
  public Set<String> tags() {
    return Set.of("file:" + run, TransferWord.FILES);
  }
}
