/** Départements by their INSEE code, never by the postcode (20xxx does not tell 2A from 2B). */
@NullMarked
package fr.passnumerique.clearing.territory;

import org.jspecify.annotations.NullMarked;
