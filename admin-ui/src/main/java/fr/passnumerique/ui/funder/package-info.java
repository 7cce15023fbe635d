/**
 * What a funder sees first, and its pages: agreements, calls for funds, the ends of its orders; and
 * where a clerk records who funds and what was signed.
 */
@NullMarked
package fr.passnumerique.ui.funder;

import org.jspecify.annotations.NullMarked;
