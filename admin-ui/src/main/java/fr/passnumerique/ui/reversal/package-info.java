/** Undue payments: lines that are reversed, contested, confirmed, and asked back from venues. */
@NullMarked
package fr.passnumerique.ui.reversal;

import org.jspecify.annotations.NullMarked;
