/**
 * What waits for somebody: proposals that need a second person, money that nobody has explained,
 * signatures that are due. Decides nothing.
 */
@NullMarked
package fr.passnumerique.clearing.worklist;

import org.jspecify.annotations.NullMarked;
