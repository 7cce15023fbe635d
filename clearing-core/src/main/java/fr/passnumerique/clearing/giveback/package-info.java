/**
 * Give-backs: what a funder paid in and no cheque needs goes back to it. A credit note is issued
 * for it, which sets it aside at once, and is refunded as one for cheques is: ordered by one
 * person, released by another.
 */
@NullMarked
package fr.passnumerique.clearing.giveback;

import org.jspecify.annotations.NullMarked;
