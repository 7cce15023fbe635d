/** French words for what the engine says in codes, kept where all pages find them. */
@NullMarked
package fr.passnumerique.ui.words;

import org.jspecify.annotations.NullMarked;
