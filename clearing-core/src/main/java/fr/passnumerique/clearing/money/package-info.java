/** Amounts in integer cents, and the rule that deals the cents of a cheque out to its funders. */
@NullMarked
package fr.passnumerique.clearing.money;

import org.jspecify.annotations.NullMarked;
