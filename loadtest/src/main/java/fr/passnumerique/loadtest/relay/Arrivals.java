package fr.passnumerique.loadtest.relay;

import fr.passnumerique.clearing.ledger.LedgerRow;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/** Counts what is wrong with messages as they come. Each fault is counted once, as what it is. */
final class Arrivals {
  private final Chain chain = new Chain();
  private final Set<Long> missing = new TreeSet<>();
  private Seen seen = Seen.NOTHING;

  /**
   * What came.
   *
   * @param position the highest
   * @param lost positions passed over that have not come since
   * @param doubled messages of a position that had come before
   * @param outOfOrder messages that came after a later one, for the first time
   * @param chainBreaks messages that came right after the one before and whose hash does not follow
   *     from it
   * @param head the hash at {@code position}, in hexadecimal
   */
  record Seen(
      long position, long lost, long doubled, long outOfOrder, long chainBreaks, String head) {
    static final Seen NOTHING = new Seen(0, 0, 0, 0, 0, "");

    boolean faultless() {
      return lost == 0 && doubled == 0 && outOfOrder == 0 && chainBreaks == 0;
    }
  }

  Seen take(LedgerRow row) {
    long next = seen.position() + 1;
    if (row.position() < next) {
      boolean late = missing.remove(row.position());
      seen =
          new Seen(
              seen.position(),
              missing.size(),
              seen.doubled() + (late ? 0 : 1),
              seen.outOfOrder() + (late ? 1 : 0),
              seen.chainBreaks(),
              seen.head());
      return seen;
    }
    for (long passedOver = next; passedOver < row.position(); passedOver++) {
      missing.add(passedOver);
    }
    boolean holds = chain.holdsFor(row);
    seen =
        new Seen(
            row.position(),
            missing.size(),
            seen.doubled(),
            seen.outOfOrder(),
            seen.chainBreaks() + (holds || row.position() != next ? 0 : 1),
            HexFormat.of().formatHex(chain.last()));
    return seen;
  }
}
