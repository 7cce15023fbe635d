/**
 * Peak redemption: the same slips through a hand-written SQL rival, through the command bus and
 * over HTTP, in alternation on one PostgreSQL.
 */
@NullMarked
package fr.passnumerique.loadtest.peak;

import org.jspecify.annotations.NullMarked;
