/** How much of what each funder agreed to is used, and until when the rest will do. */
@NullMarked
package fr.passnumerique.clearing.budget;

import org.jspecify.annotations.NullMarked;
