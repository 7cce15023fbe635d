package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Command;

/**
 * Has a funder's free credit for an agreement go back to it.
 *
 * @param funder whose cash it is: one that prepays, or that advances a share
 * @param by the account
 */
public record GiveBackCredit(
    GiveBackId giveBack, AgreementId agreement, FunderId funder, long amountCents, String by)
    implements Command<CreditGivenBack> {}
