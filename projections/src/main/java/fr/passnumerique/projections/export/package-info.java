/**
 * The ledger handed out: whole, a range of it or one funder's share, in the format of {@code
 * docs/format.md}, for whoever verifies it without us or goes on with it elsewhere.
 */
@NullMarked
package fr.passnumerique.projections.export;

import org.jspecify.annotations.NullMarked;
