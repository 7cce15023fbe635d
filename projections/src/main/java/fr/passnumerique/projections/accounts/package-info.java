/** What is owed, paid and left: balances by double entry, per venue, funder and département. */
@NullMarked
package fr.passnumerique.projections.accounts;

import org.jspecify.annotations.NullMarked;
