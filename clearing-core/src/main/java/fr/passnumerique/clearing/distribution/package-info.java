/** Prescribers, their stock of carnets, and the hand-out (injection) of cheques to people. */
@NullMarked
package fr.passnumerique.clearing.distribution;

import org.jspecify.annotations.NullMarked;
