/**
 * What anybody may look at without an account: where cheques can be used, on a list and a map, and
 * whether a cheque is good.
 */
@NullMarked
package fr.passnumerique.ui.visitor;

import org.jspecify.annotations.NullMarked;
