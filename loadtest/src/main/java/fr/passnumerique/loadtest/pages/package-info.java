/** How fast each page of each role is in a large ledger: found by its links, and read. */
@NullMarked
package fr.passnumerique.loadtest.pages;

import org.jspecify.annotations.NullMarked;
