/** Amounts on pages: which accounts they are made of, as of when, and how they are drawn. */
@NullMarked
package fr.passnumerique.ui.figures;

import org.jspecify.annotations.NullMarked;
