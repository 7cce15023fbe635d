package fr.passnumerique.clearing.giveback;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Has credit that was to go back to its funder be free again.
 *
 * @param by the account
 */
public record CancelGiveBack(GiveBackId giveBack, String by)
    implements Command<GiveBackCancelled> {}
