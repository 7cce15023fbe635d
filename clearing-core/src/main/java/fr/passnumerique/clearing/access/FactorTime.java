package fr.passnumerique.clearing.access;

import java.time.InstantSource;

/**
 * The world's time, by which authenticators compute their codes. Not the business's clock: a
 * demo's, which starts in the past, would take none of them.
 */
@FunctionalInterface
public interface FactorTime extends InstantSource {}
