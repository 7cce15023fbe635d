/** Registers for reading: venues with their labels, the parties' names, stocks of titles. */
@NullMarked
package fr.passnumerique.projections.registers;

import org.jspecify.annotations.NullMarked;
