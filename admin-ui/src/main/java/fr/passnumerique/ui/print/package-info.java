/**
 * What people print: cheques, delivery notes, remittance advices, statements. Laid out as PDF from
 * templates of their own; what they say comes from the same queries as the API's answers.
 */
@NullMarked
package fr.passnumerique.ui.print;

import org.jspecify.annotations.NullMarked;
