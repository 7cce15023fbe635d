package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Records that a funder's money for an agreement is on the ring-fenced account.
 *
 * @param call for funds that it settles first; left out, the oldest open ones of its share
 */
public record RecordReceipt(
    ReceiptId receipt,
    AgreementId agreement,
    FunderId funder,
    long amountCents,
    LocalDate valueDate,
    Optional<String> call)
    implements Command<FundsReceived> {

  /** That names no call. */
  public RecordReceipt(
      ReceiptId receipt,
      AgreementId agreement,
      FunderId funder,
      long amountCents,
      LocalDate valueDate) {
    this(receipt, agreement, funder, amountCents, valueDate, Optional.empty());
  }
}
