/** The application: pages, login and the composition root. */
@NullMarked
package fr.passnumerique.ui;

import org.jspecify.annotations.NullMarked;
