/**
 * Keeping the projections: how far each is behind, folding one anew while the old one answers, and
 * what is to be done where one has stopped.
 */
@NullMarked
package fr.passnumerique.projections.upkeep;

import org.jspecify.annotations.NullMarked;
