package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * A second person agrees that a projection passes over a fact.
 *
 * @param liftedAt position of the {@link SettingAsideLifted} after which it is, 0 if it was never
 *     taken back: each time is a proposal of its own, so that the first sent again is no second one
 * @param by the account, another than the one that asked
 */
public record ConfirmFactAside(String projection, long position, long liftedAt, String by)
    implements Command<SettingAside> {}
