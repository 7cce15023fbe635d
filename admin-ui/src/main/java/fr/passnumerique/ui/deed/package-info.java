/**
 * How a page acts: it calls the operation that programs call, first to say what that will do, then
 * to do it. Two steps of forms, so that no script is needed.
 */
@NullMarked
package fr.passnumerique.ui.deed;

import org.jspecify.annotations.NullMarked;
