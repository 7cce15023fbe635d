/**
 * What else befalls the application besides its peak, each played on a stage of its own: a year, a
 * venue that everybody wants, a ledger that grows, too many slips, the same for half an hour, a
 * start.
 */
@NullMarked
package fr.passnumerique.loadtest.scenario;

import org.jspecify.annotations.NullMarked;
