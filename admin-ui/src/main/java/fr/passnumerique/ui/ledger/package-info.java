/** From a figure to its postings, and from each to what was recorded and why. */
@NullMarked
package fr.passnumerique.ui.ledger;

import org.jspecify.annotations.NullMarked;
