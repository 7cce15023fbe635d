package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.Optional;

/**
 * A sum that a projection comes to otherwise when it is folded anew. Cents, counts or checksums, as
 * the projection declares.
 *
 * @param source the table
 * @param key what is summed
 * @param before what was shown; empty if it was not there
 * @param after what is shown from then on; empty if it is not there any more
 */
public record DifferingSum(
    String source,
    String key,
    @LeftOutWhenEmpty Optional<Long> before,
    @LeftOutWhenEmpty Optional<Long> after) {}
