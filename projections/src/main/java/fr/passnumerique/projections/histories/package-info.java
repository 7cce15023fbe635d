/** What happened to this cheque: from its order to the bank's confirmation. */
@NullMarked
package fr.passnumerique.projections.histories;

import org.jspecify.annotations.NullMarked;
