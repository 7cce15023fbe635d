/** How projections follow the ledger, and what two people do when one cannot. */
@NullMarked
package fr.passnumerique.ui.upkeep;

import org.jspecify.annotations.NullMarked;
