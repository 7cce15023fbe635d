/** What a funder sees first, and its pages: agreements, calls for funds, the ends of its orders. */
@NullMarked
package fr.passnumerique.ui.funder;

import org.jspecify.annotations.NullMarked;
