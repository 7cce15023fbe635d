package fr.passnumerique.clearing.money;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which party of a split key each cent belongs to, so that however many cents have been dealt,
 * every party holds within one cent, strictly, of its exact share.
 *
 * <p>The cents of a key version are numbered from 0 through all its orders, and a cheque takes its
 * face value's worth of consecutive cents. So no cheque gives anyone a negative share, the shares
 * of a cheque sum to its face value, and a thousand cheques are as exact as one. Easier rules fail:
 *
 * <ul>
 *   <li><b>Rounding each cheque</b> loses money: 57.14 % of 10 € is 5.714 €; paid as 5.71 €, it is
 *       400 € short after 100 000 cheques.
 *   <li><b>Rounding cumulative sums</b> goes negative: among six funders of 1 basis point and one
 *       of 9 994, the second cheque of 10 € takes back a cent that the first gave the fifth funder.
 *   <li><b>Largest remainder</b> on the total so far goes negative as well (the Alabama paradox):
 *       under 12/17/19/1/10/27/9914, the eighth cheque of 7 € takes a cent back from the fourth
 *       funder.
 *   <li><b>Starting again with each order</b> can be off by almost a cent each time, always in the
 *       same direction: 100 € after 10 000 orders.
 * </ul>
 *
 * <p>The rule is R. Tijdeman's, <i>The chairman assignment problem</i>, Discrete Mathematics 32
 * (1980) 323–330. With n parties, the next cent goes to one of those that would otherwise lag
 * behind by at least 1/(2n−2) of a cent: to the one that would be first to lag by 1 − 1/(2n−2) if
 * it got nothing more. It keeps everyone within 1 − 1/(2n−2) of a cent. Ties go by the key's order.
 * Arithmetic is in integers, one cent counting 10 000·(2n−2).
 *
 * <p>Shares are whole basis points, so that after {@value #CYCLE} cents everyone holds exactly its
 * share, and the sequence repeats. One cycle is computed when the sequence is made, and a deal of
 * any length takes a few additions per party. Making one takes up to some milliseconds and holds 2
 * × {@value #CYCLE} bytes per party: keep one per key version. Immutable.
 */
public final class QuotaSequence {
  /** With {@link #VERSION}, recorded by each issuance: these cents must be found again for ever. */
  public static final String ALGORITHM = "tijdeman";

  /** A sequence that differs in a single cent, be it by its ties, is another version. */
  public static final int VERSION = 1;

  /** Basis points in a whole, and cents after which the sequence repeats. */
  public static final int CYCLE = 10_000;

  private static final int MOST_PARTIES = 64;

  /** Those that were asked for; there are never more than the ledger has keys. */
  private static final Map<List<Integer>, QuotaSequence> SHARED = new ConcurrentHashMap<>();

  /** All that it is made of. */
  private final List<Integer> key;

  private final transient int parties;

  /** The party of each cent of the cycle. */
  private final transient byte[] partyOf;

  /**
   * How many of the first c cents party p holds, at {@code c × parties + p}, for c from 0 to {@link
   * #CYCLE}. At most 10 000, so a short will do; the parties of one c lie together, so that a deal
   * reads two or three stretches of memory.
   */
  private final transient short[] heldAfter;

  private QuotaSequence(int[] basisPoints) {
    key = Arrays.stream(basisPoints).boxed().toList();
    parties = basisPoints.length;
    partyOf = new byte[CYCLE];
    heldAfter = new short[(CYCLE + 1) * parties];
    int[] held = new int[parties];
    for (int cent = 0; cent < CYCLE; cent++) {
      int party = nextParty(basisPoints, held, cent);
      held[party]++;
      partyOf[cent] = (byte) party;
      for (int p = 0; p < parties; p++) {
        heldAfter[(cent + 1) * parties + p] = (short) held[p];
      }
    }
  }

  /**
   * @param basisPoints the key, in its order, which breaks ties: 1 to 64 parties, each at least 1,
   *     10 000 in all
   * @throws IllegalArgumentException if it is not such a key
   */
  public static QuotaSequence of(int... basisPoints) {
    if (basisPoints.length < 1 || basisPoints.length > MOST_PARTIES) {
      throw new IllegalArgumentException(
          "a split key has 1 to %d parties, this one has %d; let parties that act together sign as one"
              .formatted(MOST_PARTIES, basisPoints.length));
    }
    long sum = 0;
    for (int p = 0; p < basisPoints.length; p++) {
      if (basisPoints[p] < 1) {
        throw new IllegalArgumentException(
            "each share of a split key is at least 1 basis point, share %d is %d; leave out a party that pays nothing"
                .formatted(p + 1, basisPoints[p]));
      }
      sum += basisPoints[p];
    }
    if (sum != CYCLE) {
      throw new IllegalArgumentException(
          "the shares of a split key sum to %d basis points, %s sum to %d; %s %d"
              .formatted(
                  CYCLE,
                  Arrays.toString(basisPoints),
                  sum,
                  sum < CYCLE ? "add" : "take away",
                  Math.abs(CYCLE - sum)));
    }
    return new QuotaSequence(basisPoints);
  }

  /** One for all that have this key, as {@link #of}: most agreements share a few keys. */
  public static QuotaSequence shared(List<Integer> basisPoints) {
    return SHARED.computeIfAbsent(
        basisPoints, points -> of(points.stream().mapToInt(Integer::intValue).toArray()));
  }

  /** Read from a snapshot, it is the one that others have. */
  Object readResolve() {
    return shared(key);
  }

  /**
   * @param held cents each party has of those before {@code cent}
   */
  private static int nextParty(int[] basisPoints, int[] held, int cent) {
    int parties = basisPoints.length;
    if (parties == 1) {
      return 0;
    }
    int scale = 2 * parties - 2;
    int next = -1;
    long leastSlack = 0;
    for (int p = 0; p < parties; p++) {
      long lag = ((long) basisPoints[p] * (cent + 1) - (long) CYCLE * held[p]) * scale;
      if (lag < CYCLE) {
        continue;
      }
      // The party can wait for slack / (scale × basisPoints) more cents; the quotients are compared
      // crosswise.
      long slack = (long) CYCLE * (scale - 1) - lag;
      if (next < 0 || slack * basisPoints[next] < leastSlack * basisPoints[p]) {
        next = p;
        leastSlack = slack;
      }
    }
    return next;
  }

  public int parties() {
    return parties;
  }

  /**
   * @param cent from 0
   * @return the party's place in the key, from 0
   */
  public int party(long cent) {
    if (cent < 0) {
      throw new IllegalArgumentException("cents are numbered from 0, got " + cent);
    }
    return partyOf[(int) (cent % CYCLE)];
  }

  /**
   * @param firstCent from 0
   * @param cents how many, 0 or more, counted from the first on
   * @return how many of them each party gets, in the key's order; the sum is {@code cents}
   */
  public long[] deal(long firstCent, long cents) {
    long[] dealt = new long[parties];
    addTo(dealt, firstCent, cents);
    return dealt;
  }

  /**
   * Adds what {@link #deal} returns, allocating nothing: a slip may take 42 cheques.
   *
   * @param totals one per party, in the key's order; undefined if an addition overflows
   */
  public void addTo(long[] totals, long firstCent, long cents) {
    if (totals.length != parties) {
      throw new IllegalArgumentException(
          "the key has %d parties, the totals are for %d; hand over one total per party"
              .formatted(parties, totals.length));
    }
    if (firstCent < 0 || cents < 0 || firstCent > Long.MAX_VALUE - cents) {
      throw new IllegalArgumentException(
          "cents are numbered from 0 to %d, got %d from %d on"
              .formatted(Long.MAX_VALUE - 1, cents, firstCent));
    }
    long cycles = cents / CYCLE;
    int from = (int) (firstCent % CYCLE);
    int to = from + (int) (cents % CYCLE);
    if (to > CYCLE) {
      to -= CYCLE;
      cycles++;
    }
    int whole = CYCLE * parties;
    for (int p = 0; p < parties; p++) {
      long dealt =
          cycles * heldAfter[whole + p]
              + heldAfter[to * parties + p]
              - heldAfter[from * parties + p];
      totals[p] = Math.addExact(totals[p], dealt);
    }
  }
}
