/** The conventions of every HTTP endpoint: problem details, refusals as statuses, uploads. */
@NullMarked
package fr.passnumerique.clearing.http;

import org.jspecify.annotations.NullMarked;
