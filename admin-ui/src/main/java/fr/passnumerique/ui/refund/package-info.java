/** Refunds of credit notes, and the accounts of funders that they go to. */
@NullMarked
package fr.passnumerique.ui.refund;

import org.jspecify.annotations.NullMarked;
