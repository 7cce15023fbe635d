/**
 * The end of an order's cheques (procédure de péremption): announced, approved and acknowledged by
 * its funders, expired by a fact, agreed by both sides, credited and refunded.
 */
@NullMarked
package fr.passnumerique.clearing.expiry;

import org.jspecify.annotations.NullMarked;
