/**
 * The ledger carried outward: one topic of one partition, in the ledger's order, for projection
 * nodes and partners' systems.
 */
@NullMarked
package fr.passnumerique.projections.kafka;

import org.jspecify.annotations.NullMarked;
