/** What takes longer than a person waits for: it goes on beside, tells how far it is, and waits. */
@NullMarked
package fr.passnumerique.ui.work;

import org.jspecify.annotations.NullMarked;
