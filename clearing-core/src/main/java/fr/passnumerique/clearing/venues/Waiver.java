package fr.passnumerique.clearing.venues;

import java.time.LocalDate;

/** Whether a venue waives what it would be paid, from a day of service on. */
public record Waiver(VenueId venue, boolean waives, LocalDate from) {}
