/**
 * Plays stories drawn from a seed to the real engine on PostgreSQL and to the naive model, and
 * compares them after every step.
 */
@NullMarked
package fr.passnumerique.loadtest.simulator;

import org.jspecify.annotations.NullMarked;
