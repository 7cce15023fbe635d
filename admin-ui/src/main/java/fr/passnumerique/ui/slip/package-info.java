/** Where a venue writes a slip, tries it, mends it and hands it in. */
@NullMarked
package fr.passnumerique.ui.slip;

import org.jspecify.annotations.NullMarked;
