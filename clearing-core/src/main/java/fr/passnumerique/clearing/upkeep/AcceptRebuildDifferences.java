package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Finds the differences of a rebuild to be right.
 *
 * @param differences as the rebuild has them now
 * @param by the account
 */
public record AcceptRebuildDifferences(RebuildDifferences differences, String by)
    implements Command<AcceptedDifferences> {}
