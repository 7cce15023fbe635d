/**
 * Where those who are paid are paid: the accounts of venues and of funders. Whoever asks for an
 * account, a second person confirms the very one that was asked for before money goes there; one
 * waits at a time for each payee. One mechanism for both, since a rule that held for one of them
 * only would be the way round it.
 */
@NullMarked
package fr.passnumerique.clearing.payee;

import org.jspecify.annotations.NullMarked;
