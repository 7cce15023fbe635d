package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;

/**
 * Takes back that the bank booked a transfer, which a clerk had confirmed and the bank never
 * showed.
 *
 * @param by the account
 */
public record TakeConfirmationBack(
    SettlementRunId run, TransferId transfer, TransferDebitTakenBack.Reason reason, String by)
    implements Command<TransferDebitTakenBack> {}
