/** What pages call things in French: facts, causes, verdicts, refusals, amounts and names. */
@NullMarked
package fr.passnumerique.ui.words;

import org.jspecify.annotations.NullMarked;
