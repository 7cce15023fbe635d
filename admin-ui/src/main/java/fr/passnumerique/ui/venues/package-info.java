/** The register of venues, as clerks keep it: lists, labels, identifications. */
@NullMarked
package fr.passnumerique.ui.venues;

import org.jspecify.annotations.NullMarked;
