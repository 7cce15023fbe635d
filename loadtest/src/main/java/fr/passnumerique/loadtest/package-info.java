/** How fast, and what survives: peaks, crashes, races and a simulated year. */
@NullMarked
package fr.passnumerique.loadtest;

import org.jspecify.annotations.NullMarked;
