/** What clerks do with cheques before they are spent. */
@NullMarked
package fr.passnumerique.ui.titles;

import org.jspecify.annotations.NullMarked;
