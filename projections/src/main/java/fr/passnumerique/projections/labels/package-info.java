/**
 * The label register: which venues and points of service were labelled on a day, as it was known at
 * a position of the ledger.
 */
@NullMarked
package fr.passnumerique.projections.labels;

import org.jspecify.annotations.NullMarked;
