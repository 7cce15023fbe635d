/**
 * What objects in memory hold, kept in a file and put back into the same objects of a later
 * process. It knows nothing of the ledger: {@code ledger} says when a snapshot is written and
 * whether one that is found may be used.
 */
@NullMarked
package fr.passnumerique.clearing.snapshot;

import org.jspecify.annotations.NullMarked;
