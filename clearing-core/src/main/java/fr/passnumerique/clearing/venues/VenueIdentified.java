package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * It is known now of which establishment a venue is that was listed without a SIRET. It keeps its
 * name, its label and what it earned, and can be paid from now on; lists that name it by the SIRET
 * describe the same venue.
 *
 * @param siret 14 digits, of no other venue
 * @param identifiedBy the account that recorded it
 */
public record VenueIdentified(VenueId venue, String siret, String identifiedBy) implements Fact {
  /** Of the venue, and of the one that a list would make of the SIRET. */
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, "venue:" + siret);
  }
}
