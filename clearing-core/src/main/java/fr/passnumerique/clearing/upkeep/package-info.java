/**
 * What two people decide about the projections: that one passes over a fact that it cannot take,
 * and that one which was folded anew may answer though it comes to other sums.
 */
@NullMarked
package fr.passnumerique.clearing.upkeep;

import org.jspecify.annotations.NullMarked;
