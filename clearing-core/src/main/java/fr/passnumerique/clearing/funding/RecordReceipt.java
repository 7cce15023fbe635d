package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/** Records that a funder's money for an agreement is on the ring-fenced account. */
public record RecordReceipt(
    ReceiptId receipt,
    AgreementId agreement,
    FunderId funder,
    long amountCents,
    LocalDate valueDate)
    implements Command<FundsReceived> {}
