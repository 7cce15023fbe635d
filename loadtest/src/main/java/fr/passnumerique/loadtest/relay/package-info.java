/**
 * Kafka under blows: broker, relays and projection nodes as real processes, killed and frozen while
 * a ledger grows, and afterwards compared fact by fact and row by row.
 */
@NullMarked
package fr.passnumerique.loadtest.relay;

import org.jspecify.annotations.NullMarked;
