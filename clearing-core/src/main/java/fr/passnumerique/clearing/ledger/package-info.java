/**
 * The ledger: the only truth. Commands are decided from {@linkplain
 * fr.passnumerique.clearing.ledger.Register registers} in memory, and what they decide is appended
 * to one PostgreSQL table as {@linkplain fr.passnumerique.clearing.ledger.Fact facts} at gapless
 * positions, each chained to the one before by its hash.
 */
@NullMarked
package fr.passnumerique.clearing.ledger;

import org.jspecify.annotations.NullMarked;
