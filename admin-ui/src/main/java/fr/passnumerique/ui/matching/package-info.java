/** What the bank booked or said and nobody has explained yet, and how clerks do. */
@NullMarked
package fr.passnumerique.ui.matching;

import org.jspecify.annotations.NullMarked;
