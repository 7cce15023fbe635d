/**
 * The command line of the application: what is done with a ledger while no node runs, by whoever
 * has the data directory or the server's passwords.
 */
@NullMarked
package fr.passnumerique.ui.command;

import org.jspecify.annotations.NullMarked;
