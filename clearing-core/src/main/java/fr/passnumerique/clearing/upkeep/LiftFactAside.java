package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Asks that a projection take a fact again that it passes over.
 *
 * @param by the account
 */
record LiftFactAside(String projection, long position, String by)
    implements Command<SettingAside> {}
