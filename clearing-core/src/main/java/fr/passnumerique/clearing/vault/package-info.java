/** What must be erasable: IBANs, contacts, sole traders' data, encrypted per subject. */
@NullMarked
package fr.passnumerique.clearing.vault;

import org.jspecify.annotations.NullMarked;
