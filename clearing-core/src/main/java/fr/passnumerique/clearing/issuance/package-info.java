/** Orders of cheques, their serials and check codes, and their activation against matched cash. */
@NullMarked
package fr.passnumerique.clearing.issuance;

import org.jspecify.annotations.NullMarked;
