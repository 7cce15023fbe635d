package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * A venue that is free of charge waives what it would be paid: cheques of services from this day on
 * are accepted and counted, and nothing is owed for them. Lines that were judged before stay owed.
 *
 * @param from first day of service, Europe/Paris
 * @param reference of the venue's written statement
 * @param recordedBy the account
 */
public record VenueWaived(VenueId venue, LocalDate from, String reference, String recordedBy)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue);
  }
}
