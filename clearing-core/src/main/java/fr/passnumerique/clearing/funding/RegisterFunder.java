package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Command;

/** Makes a funder known, so that agreements can name it. */
public record RegisterFunder(FunderId funder, String name, FunderRegistered.Kind kind)
    implements Command<FunderRegistered> {}
