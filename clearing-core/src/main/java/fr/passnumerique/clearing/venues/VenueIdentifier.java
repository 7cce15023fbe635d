package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;

/** What a venue is known by: its SIRET, or its RNA, RIDET or list while it has none. */
public sealed interface VenueIdentifier permits Siret, Rna, Ridet, Unidentified {
  IdentifiedBy identifiedBy();

  VenueId venueId();
}
