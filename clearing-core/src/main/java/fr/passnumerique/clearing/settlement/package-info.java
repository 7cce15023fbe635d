/**
 * Settlement runs (règlements): what is owed becomes credit transfers, confirmed or rejected by the
 * bank.
 */
@NullMarked
package fr.passnumerique.clearing.settlement;

import org.jspecify.annotations.NullMarked;
