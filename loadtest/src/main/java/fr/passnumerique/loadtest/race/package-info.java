/**
 * Many clients at once on two nodes of one ledger, and a checker of what they were told:
 * linearizable for each cheque and each slip. With the bugs that the checker must find.
 */
@NullMarked
package fr.passnumerique.loadtest.race;

import org.jspecify.annotations.NullMarked;
