/**
 * What has happened that somebody is to be told of, and how far each login has looked. What is to
 * be done is the worklist's: a notice asks for nothing and goes by being seen.
 */
@NullMarked
package fr.passnumerique.clearing.notices;

import org.jspecify.annotations.NullMarked;
