/** Double entry: what each fact posts to which account. One pure function; entries sum to zero. */
@NullMarked
package fr.passnumerique.clearing.bookkeeping;

import org.jspecify.annotations.NullMarked;
