/** Pages that renew themselves while they stand open: when one has anything new to show. */
@NullMarked
package fr.passnumerique.ui.live;

import org.jspecify.annotations.NullMarked;
