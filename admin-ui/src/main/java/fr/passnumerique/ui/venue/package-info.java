/** What a venue sees first, its account and label, and its counter. */
@NullMarked
package fr.passnumerique.ui.venue;

import org.jspecify.annotations.NullMarked;
