package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;

/** What a venue is known by: its SIRET, or its RNA or RIDET while it has none. */
public sealed interface VenueIdentifier permits Siret, Rna, Ridet {
  IdentifiedBy identifiedBy();

  VenueId venueId();
}
