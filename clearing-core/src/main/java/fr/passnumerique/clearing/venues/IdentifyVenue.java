package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Says of which establishment a venue is that was listed by its RNA or RIDET, or by nothing.
 *
 * @param by the account
 */
public record IdentifyVenue(VenueId venue, Siret siret, String by)
    implements Command<VenueIdentified> {}
