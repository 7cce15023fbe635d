package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * The bank booked the transfer: paid. The answer is the recorded fact.
 *
 * @param bookedOn the bank's booking date, Europe/Paris
 */
public record ConfirmTransfer(SettlementRunId run, TransferId transfer, LocalDate bookedOn)
    implements Command<TransferConfirmed> {}
