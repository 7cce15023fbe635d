/** What clerks record of funders' money: calls for it, its coming, and that it goes back. */
@NullMarked
package fr.passnumerique.ui.funds;

import org.jspecify.annotations.NullMarked;
