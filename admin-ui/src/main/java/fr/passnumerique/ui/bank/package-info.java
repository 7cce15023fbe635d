/** What the bank says, as a clerk brings it in. */
@NullMarked
package fr.passnumerique.ui.bank;

import org.jspecify.annotations.NullMarked;
