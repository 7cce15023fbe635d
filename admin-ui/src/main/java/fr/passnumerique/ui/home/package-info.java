/** What each role sees first. */
@NullMarked
package fr.passnumerique.ui.home;

import org.jspecify.annotations.NullMarked;
