package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * A second person agrees that a projection takes a fact again.
 *
 * @param by the account, another than the one that asked
 */
record ConfirmLifting(String projection, long position, String by)
    implements Command<SettingAside> {}
