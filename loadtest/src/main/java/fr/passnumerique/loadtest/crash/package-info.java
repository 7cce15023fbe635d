/**
 * Nothing acknowledged is lost: application, PostgreSQL and broker as processes of their own, under
 * load, killed at random moments; and afterwards what the clients were told is held against the
 * ledger, the topic and the projections. What is checked here is read with code of its own: who is
 * tried does not vouch for itself. The same once more where everything is lost but a backup and the
 * archive of PostgreSQL's log: what was acknowledged before an instant is restored, and nothing
 * else.
 */
@NullMarked
package fr.passnumerique.loadtest.crash;

import org.jspecify.annotations.NullMarked;
