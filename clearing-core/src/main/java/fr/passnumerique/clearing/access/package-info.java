/** Who is asking and what they may do: roles, ownership, accounts, API keys, sessions. */
@NullMarked
package fr.passnumerique.clearing.access;

import org.jspecify.annotations.NullMarked;
