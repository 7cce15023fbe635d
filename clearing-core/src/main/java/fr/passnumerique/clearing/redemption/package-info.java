/**
 * Remittance slips (bordereaux de remise): each line judged, accepted cheques owed to the venue.
 */
@NullMarked
package fr.passnumerique.clearing.redemption;

import org.jspecify.annotations.NullMarked;
