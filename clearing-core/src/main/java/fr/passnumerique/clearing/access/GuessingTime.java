package fr.passnumerique.clearing.access;

import java.util.function.LongSupplier;

/**
 * Nanoseconds as {@link System#nanoTime} tells them, by which whoever guesses a password waits. Not
 * the business's clock: a demo's, which is compressed, would let everybody guess.
 */
@FunctionalInterface
public interface GuessingTime extends LongSupplier {}
