/**
 * Refunds: credit notes are paid back to the funders' own accounts by credit transfers that one
 * person orders and another releases, and count as paid when the bank has booked them.
 */
@NullMarked
package fr.passnumerique.clearing.refund;

import org.jspecify.annotations.NullMarked;
