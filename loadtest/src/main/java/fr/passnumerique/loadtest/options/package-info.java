/** Options and words that several commands have, each written once: picocli's mixins. */
@NullMarked
package fr.passnumerique.loadtest.options;

import org.jspecify.annotations.NullMarked;
