package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Command;

/**
 * The second person agrees with the account that is proposed: refunds go to it.
 *
 * @param by the account
 */
public record ConfirmFunderAccount(FunderId funder, String by)
    implements Command<FunderAccountOpened> {}
