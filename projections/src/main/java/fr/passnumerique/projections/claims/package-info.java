/** Which fact redeemed which cheque: an index, and an alarm that knows nothing of the decisions. */
@NullMarked
package fr.passnumerique.projections.claims;

import org.jspecify.annotations.NullMarked;
