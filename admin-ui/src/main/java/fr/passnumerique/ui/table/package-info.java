/** Tables of pages that are sorted, searched and paged by links, on the server. */
@NullMarked
package fr.passnumerique.ui.table;

import org.jspecify.annotations.NullMarked;
