/** What happens to a cheque's euro, and what is remembered of it: one package per capability. */
@NullMarked
package fr.passnumerique.clearing;

import org.jspecify.annotations.NullMarked;
