/** How facts name a booking of the bank. */
@NullMarked
package fr.passnumerique.clearing.bank.entry;

import org.jspecify.annotations.NullMarked;
