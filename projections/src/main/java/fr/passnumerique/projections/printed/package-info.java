/** What papers call a slip, a transfer or a venue, and which one that is. */
@NullMarked
package fr.passnumerique.projections.printed;

import org.jspecify.annotations.NullMarked;
