package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;

/**
 * A second person agrees that the proposed SIRET is the venue's, and the one in force was not.
 *
 * @param siret as it was proposed, so that no other is confirmed by mistake
 * @param by the account, another than the one that proposed it
 */
public record ConfirmIdentification(VenueId venue, Siret siret, String by)
    implements Command<Identification> {}
