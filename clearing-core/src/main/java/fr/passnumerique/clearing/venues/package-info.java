/**
 * Mediation venues: imported from lists in the LaMednum standard, labelled by a committee.
 *
 * <p>What a list says comes in three steps. {@link fr.passnumerique.clearing.venues.LaMednumReader}
 * reads it whole or refuses it whole, {@link fr.passnumerique.clearing.venues.VenueImport} takes
 * what is personal to the vault, {@link fr.passnumerique.clearing.venues.ImportVenuesDecision}
 * compares the rest with what is known and records what is new.
 */
@NullMarked
package fr.passnumerique.clearing.venues;

import org.jspecify.annotations.NullMarked;
