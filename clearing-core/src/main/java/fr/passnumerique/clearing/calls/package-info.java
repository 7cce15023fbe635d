/**
 * Calls for funds (appels de fonds): what funders are asked to pay in, with the reference that
 * their payments carry, and what of it has come. What is called is no cash and covers nothing.
 */
@NullMarked
package fr.passnumerique.clearing.calls;

import org.jspecify.annotations.NullMarked;
