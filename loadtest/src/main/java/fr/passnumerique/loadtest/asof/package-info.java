/** What a balance of long ago costs, in a young ledger and in an old one. */
@NullMarked
package fr.passnumerique.loadtest.asof;

import org.jspecify.annotations.NullMarked;
