/** Agreements (conventions de cofinancement), programmes and the cash that funders pay in. */
@NullMarked
package fr.passnumerique.clearing.funding;

import org.jspecify.annotations.NullMarked;
