/**
 * The project's own Kafka broker, for who has none: tests, the load test and the demo on one
 * machine. What runs in production reaches brokers by configuration and never starts one.
 */
@NullMarked
package fr.passnumerique.projections.broker;

import org.jspecify.annotations.NullMarked;
