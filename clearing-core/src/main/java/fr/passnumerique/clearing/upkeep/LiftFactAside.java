package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Asks that a projection take a fact again that it passes over.
 *
 * @param liftedAt position of the {@link SettingAsideLifted} after which it is, 0 if it was never
 *     taken back: each time is a proposal of its own, so that the first sent again is no second one
 * @param by the account
 */
record LiftFactAside(String projection, long position, long liftedAt, String by)
    implements Command<SettingAside> {}
