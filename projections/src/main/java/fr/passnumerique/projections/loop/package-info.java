/**
 * The loop that every projection runs in: read facts by position, fold them in memory, write rows
 * and position in one transaction.
 */
@NullMarked
package fr.passnumerique.projections.loop;

import org.jspecify.annotations.NullMarked;
