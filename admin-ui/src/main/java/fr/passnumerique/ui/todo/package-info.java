/** What waits for whoever looks. */
@NullMarked
package fr.passnumerique.ui.todo;

import org.jspecify.annotations.NullMarked;
