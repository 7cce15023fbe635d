package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.Optional;

/**
 * A figure, or another field of a row, that a projection comes to otherwise when it is folded anew.
 *
 * @param source the table
 * @param key which row, or what is summed
 * @param before what was shown; empty if it was not there, or is no number of 64 bits
 * @param after what is shown from then on; empty if it is not there any more, or is no number of 64
 *     bits
 * @param position of the fact that the row is of; empty if it is of no single one
 * @param what which field of the row: cents where its name says so; empty for a sum that no row
 *     explains, and in facts of before rows were told
 * @param textBefore as {@code before}, of what is no number of 64 bits
 * @param textAfter as {@code after}, of what is no number of 64 bits
 */
public record DifferingSum(
    String source,
    String key,
    @LeftOutWhenEmpty Optional<Long> before,
    @LeftOutWhenEmpty Optional<Long> after,
    @LeftOutWhenEmpty Optional<Long> position,
    @LeftOutWhenEmpty Optional<String> what,
    @LeftOutWhenEmpty Optional<String> textBefore,
    @LeftOutWhenEmpty Optional<String> textAfter) {}
