/** Drawings of figures: where each shape lies, computed from the figures alone. */
@NullMarked
package fr.passnumerique.ui.chart;

import org.jspecify.annotations.NullMarked;
