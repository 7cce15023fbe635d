/** The end of orders: the calendar, an order's steps and its contradictory statement. */
@NullMarked
package fr.passnumerique.ui.expiry;

import org.jspecify.annotations.NullMarked;
