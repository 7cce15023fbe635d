package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * A proposed SIRET was not confirmed and cannot be any more. It may be proposed again.
 *
 * @param siret as it was proposed
 * @param replaces the SIRET that stays in force
 * @param droppedBy the account, that which proposed it or another
 */
public record VenueIdentificationDropped(
    VenueId venue, String siret, String replaces, String droppedBy) implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue);
  }
}
