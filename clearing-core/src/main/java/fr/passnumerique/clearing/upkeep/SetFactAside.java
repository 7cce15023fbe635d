package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Asks that a projection pass over a fact.
 *
 * @param stoppedThere whether it stands at that fact
 * @param liftedAt position of the {@link SettingAsideLifted} after which it is, 0 if it was never
 *     taken back: each time is a proposal of its own, so that the first sent again is no second one
 * @param by the account
 */
public record SetFactAside(
    String projection,
    long position,
    SetAsideReason reason,
    boolean stoppedThere,
    long liftedAt,
    String by)
    implements Command<SettingAside> {}
