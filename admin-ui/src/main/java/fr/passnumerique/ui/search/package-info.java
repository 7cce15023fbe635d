/** One field for anything that is printed on a paper: each capability finds its own things. */
@NullMarked
package fr.passnumerique.ui.search;

import org.jspecify.annotations.NullMarked;
