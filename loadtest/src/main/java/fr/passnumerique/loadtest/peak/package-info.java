/**
 * Peak redemption: the same slips through a hand-written SQL rival, through the command bus and
 * over HTTP, in alternation on one PostgreSQL. Scenarios and pages are played on what is here.
 */
@NullMarked
package fr.passnumerique.loadtest.peak;

import org.jspecify.annotations.NullMarked;
