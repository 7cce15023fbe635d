/** The application laid out in a directory, from where it starts fast. */
@NullMarked
package fr.passnumerique.ui.install;

import org.jspecify.annotations.NullMarked;
