package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * A committee labelled a venue (qualification): services from this day on are payable.
 *
 * @param labelledFrom first day, Europe/Paris
 * @param decision reference of the committee's decision
 */
public record VenueLabelled(VenueId venue, LocalDate labelledFrom, String decision)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, "label:" + venue);
  }
}
