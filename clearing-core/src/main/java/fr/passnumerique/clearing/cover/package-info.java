/**
 * Is every euro owed covered by ring-fenced cash? Per funder and per agreement: cash ≥ activated
 * cheques not yet taken out + accepted lines not booked as paid + value due back and not refunded.
 *
 * <p>Nothing here decides: whoever takes cash asks {@code bookkeeping.FreeCredit}, which is the
 * margin of this cover. Here it is watched at every fact, shown, and an alarm.
 */
@NullMarked
package fr.passnumerique.clearing.cover;

import org.jspecify.annotations.NullMarked;
