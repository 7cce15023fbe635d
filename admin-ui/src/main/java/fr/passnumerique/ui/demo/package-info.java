/**
 * A whole small programme played over the real venue lists: through the HTTP interface, with the
 * accounts of each role, as programs of the real parties would.
 */
@NullMarked
package fr.passnumerique.ui.demo;

import org.jspecify.annotations.NullMarked;
