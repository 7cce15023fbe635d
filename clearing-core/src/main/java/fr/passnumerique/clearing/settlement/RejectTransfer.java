package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * The bank rejected the transfer: what it was to pay is owed again, and its account is closed. The
 * answer is the recorded fact.
 *
 * @param rejectedOn the bank's date, Europe/Paris
 * @param reason ISO 20022 external status reason code, four capitals or digits, such as AC04
 */
public record RejectTransfer(
    SettlementRunId run, TransferId transfer, LocalDate rejectedOn, String reason)
    implements Command<TransferRejected> {}
