package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Records that a venue waives what it would be paid, or no longer does. What is so already from
 * that very day is no change.
 *
 * @param from first day of service, Europe/Paris; not before the day on which it is recorded
 * @param reference of the venue's written statement
 * @param by the account
 */
public record SetWaiver(VenueId venue, boolean waives, LocalDate from, String reference, String by)
    implements Command<Waiver> {}
