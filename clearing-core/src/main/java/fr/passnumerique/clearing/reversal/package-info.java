/**
 * Reversals (indus): an accepted line is found wrong. Its cheque is void for good; what was paid
 * for it is claimed from the venue, which may contest, and comes back by netting or by a debit
 * note.
 */
@NullMarked
package fr.passnumerique.clearing.reversal;

import org.jspecify.annotations.NullMarked;
