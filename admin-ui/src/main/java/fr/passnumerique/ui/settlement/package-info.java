/** Settlement runs and their transfers, down to whose money it is. */
@NullMarked
package fr.passnumerique.ui.settlement;

import org.jspecify.annotations.NullMarked;
