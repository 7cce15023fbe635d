package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Asks that a projection pass over a fact.
 *
 * @param stoppedThere whether it stands at that fact
 * @param by the account
 */
record SetFactAside(
    String projection, long position, SetAsideReason reason, boolean stoppedThere, String by)
    implements Command<SettingAside> {}
