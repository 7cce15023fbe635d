package fr.passnumerique.projections.verifier;

/**
 * Something that does not hold.
 *
 * @param position of the first fact by which it can be known; 0 for the header
 * @param value what stands there and what should
 */
record Finding(long position, Check check, String value, String remedy) {}
