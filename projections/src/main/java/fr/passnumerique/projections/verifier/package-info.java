/**
 * Reads an exported ledger and says whether it holds, by nothing but {@code docs/format.md}: it
 * imports nothing of the engine, whose mistakes it would repeat, and needs no database. A program
 * of its own.
 */
@NullMarked
package fr.passnumerique.projections.verifier;

import org.jspecify.annotations.NullMarked;
