/**
 * What a prescriber sees first, and its pages: its stock, what it hands out, what it reports lost
 * and sends back.
 */
@NullMarked
package fr.passnumerique.ui.prescriber;

import org.jspecify.annotations.NullMarked;
