/** What stands around every page: menu, who is logged in, and why an address has no answer. */
@NullMarked
package fr.passnumerique.ui.frame;

import org.jspecify.annotations.NullMarked;
