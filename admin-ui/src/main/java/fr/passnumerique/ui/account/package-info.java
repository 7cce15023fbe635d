/** Logging in, and everybody's accounts: sessions, second factor, and who changed what. */
@NullMarked
package fr.passnumerique.ui.account;

import org.jspecify.annotations.NullMarked;
