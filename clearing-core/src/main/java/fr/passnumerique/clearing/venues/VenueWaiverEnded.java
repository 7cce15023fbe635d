package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * A venue is paid again for services from this day on, also where a later waiver was announced.
 * Lines that were waived stay so.
 *
 * @param from first day of service, Europe/Paris
 * @param reference of the venue's written statement
 * @param recordedBy the account
 */
public record VenueWaiverEnded(VenueId venue, LocalDate from, String reference, String recordedBy)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue);
  }
}
