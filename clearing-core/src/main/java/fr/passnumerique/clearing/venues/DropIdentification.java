package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Refuses a proposed SIRET, or takes it back.
 *
 * @param siret as it was proposed
 * @param by whoever proposed it, or another
 */
public record DropIdentification(VenueId venue, Siret siret, String by)
    implements Command<Identification> {}
