package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * A second person agrees that a projection passes over a fact.
 *
 * @param by the account, another than the one that asked
 */
record ConfirmFactAside(String projection, long position, String by)
    implements Command<SettingAside> {}
