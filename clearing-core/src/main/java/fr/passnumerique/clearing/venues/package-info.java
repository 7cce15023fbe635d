/** Mediation venues: import in the LaMednum standard, label, account to pay. */
@NullMarked
package fr.passnumerique.clearing.venues;

import org.jspecify.annotations.NullMarked;
