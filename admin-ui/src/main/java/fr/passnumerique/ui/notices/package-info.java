/** What has happened that concerns whoever looks, and the bell that counts it. */
@NullMarked
package fr.passnumerique.ui.notices;

import org.jspecify.annotations.NullMarked;
