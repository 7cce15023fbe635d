/** How fast projections are folded anew from a ledger of many redeemed lines. */
@NullMarked
package fr.passnumerique.loadtest.rebuild;

import org.jspecify.annotations.NullMarked;
