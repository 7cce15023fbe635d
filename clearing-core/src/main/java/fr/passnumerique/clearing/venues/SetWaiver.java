package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Records that a venue waives what it would be paid, or no longer does. What is so already on that
 * day is no change, unless an end is announced: that is taken back on its own day.
 *
 * @param from first day of service, Europe/Paris; not before the day on which it is recorded
 * @param reference of the venue's written statement
 * @param by the account
 */
public record SetWaiver(VenueId venue, boolean waives, LocalDate from, String reference, String by)
    implements Command<Waiver> {}
