package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * Somebody says that a venue was identified by a wrong SIRET, and by which it should be. The one in
 * force stays so until another person confirms it ({@link VenueIdentified}).
 *
 * @param siret 14 digits
 * @param replaces the SIRET in force
 * @param proposedBy the account that says so: it may not confirm
 */
public record VenueIdentificationProposed(
    VenueId venue, String siret, String replaces, String proposedBy) implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue);
  }
}
