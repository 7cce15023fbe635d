package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Command;

/**
 * A second person finds the differences of a rebuild to be right.
 *
 * @param digest of those that were read, so that no others are accepted by mistake
 * @param by the account, another than the first
 */
public record ConfirmRebuildDifferences(RebuildId rebuild, String digest, String by)
    implements Command<AcceptedDifferences> {}
