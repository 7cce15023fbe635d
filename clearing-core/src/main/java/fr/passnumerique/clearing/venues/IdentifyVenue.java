package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import java.util.Optional;

/**
 * Says of which establishment a venue is that was listed by its RNA or RIDET, or by nothing; or
 * asks that another is said, where that was wrong.
 *
 * @param replaces the SIRET in force that is wrong; empty where the venue is not identified yet. A
 *     correction says so, or a first identification that is sent again late would ask for the wrong
 *     one back
 * @param by the account
 */
public record IdentifyVenue(VenueId venue, Siret siret, Optional<Siret> replaces, String by)
    implements Command<Identification> {

  /** For the first time. */
  public IdentifyVenue(VenueId venue, Siret siret, String by) {
    this(venue, siret, Optional.empty(), by);
  }
}
