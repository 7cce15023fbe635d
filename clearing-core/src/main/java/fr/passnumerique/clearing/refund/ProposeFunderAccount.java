package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;

/**
 * Asks that a funder be refunded to this account.
 *
 * @param by the account
 */
public record ProposeFunderAccount(
    FunderId funder, VaultReference account, String fingerprint, String by)
    implements Command<FunderAccountProposed> {}
