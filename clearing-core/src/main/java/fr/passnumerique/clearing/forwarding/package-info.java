/**
 * Commands and browsers that come to a node which stands by are passed on to the one that writes,
 * as they came.
 */
@NullMarked
package fr.passnumerique.clearing.forwarding;

import org.jspecify.annotations.NullMarked;
