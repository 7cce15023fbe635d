/** What is read: every page and report is a fold of the ledger's facts. */
@NullMarked
package fr.passnumerique.projections;

import org.jspecify.annotations.NullMarked;
