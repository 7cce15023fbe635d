package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.LocalDate;

/**
 * The bank rejected a refund: its credit note can be refunded again, its account is closed. The
 * answer is the recorded fact.
 *
 * @param rejectedOn the bank's date, Europe/Paris
 * @param reason ISO 20022 external status reason code, four capitals or digits, such as AC04
 */
public record RejectRefund(
    RefundOrderId order, TransferId transfer, LocalDate rejectedOn, String reason)
    implements Command<RefundRejected> {}
