/** Where venues are paid: proposed by one person, confirmed by another. */
@NullMarked
package fr.passnumerique.ui.payee;

import org.jspecify.annotations.NullMarked;
