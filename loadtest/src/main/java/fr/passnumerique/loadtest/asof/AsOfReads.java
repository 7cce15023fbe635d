package fr.passnumerique.loadtest.asof;

import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.accounts.Grouping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/** Asks the product's own query, one question after the other. */
final class AsOfReads {
  private static final int WARM_UP = 5;

  private final BalancesQuery balances;
  private final long head;
  private final Random random;

  /** What is asked. */
  enum Question {
    ONE_VENUE("one venue, its 6 accounts"),
    ALL_VENUES("all 18 000 venues, each by itself");

    private final String text;

    Question(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Of when. */
  enum Moment {
    NOW("now"),
    RECENT("the last hundredth of the ledger"),
    MIDDLE("its middle"),
    OLDEST("its first hundredth");

    private final String text;

    Moment(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * @param medianMicros of the answers' times
   */
  record Cost(Question question, Moment moment, int reads, long medianMicros, long p99Micros) {}

  AsOfReads(BalancesQuery balances, long head, long seed) {
    this.balances = balances;
    this.head = head;
    this.random = new Random(seed);
  }

  /**
   * @param reads of a venue; of all venues a fiftieth of it
   * @throws IllegalStateException if an answer does not sum to zero, or stands elsewhere
   */
  List<Cost> measure(int reads) {
    List<Cost> costs = new ArrayList<>();
    for (Question question : Question.values()) {
      int times = question == Question.ONE_VENUE ? reads : Math.max(5, reads / 50);
      for (Moment moment : Moment.values()) {
        long[] micros = new long[times];
        for (int i = -Math.min(WARM_UP, times); i < times; i++) {
          AsOf asOf = moment == Moment.NOW ? AsOf.NOW : AsOf.at(position(moment));
          long start = System.nanoTime();
          Balances read = ask(question, asOf);
          long took = (System.nanoTime() - start) / 1_000;
          check(read, asOf);
          if (i >= 0) {
            micros[i] = took;
          }
        }
        Arrays.sort(micros);
        costs.add(
            new Cost(question, moment, times, micros[times / 2], micros[(times * 99 - 1) / 100]));
      }
    }
    return costs;
  }

  private Balances ask(Question question, AsOf asOf) {
    return switch (question) {
      case ONE_VENUE ->
          balances.read(
              Filter.ofVenue("%014d".formatted(random.nextInt(PostedLedger.VENUES))),
              EnumSet.noneOf(Grouping.class),
              head,
              asOf);
      case ALL_VENUES -> balances.read(Filter.ALL, EnumSet.of(Grouping.VENUE), head, asOf);
    };
  }

  private void check(Balances read, AsOf asOf) {
    Long asked = asOf.position();
    Long sum = read.sumOfAllAccountsCents();
    if (sum != null && sum != 0 || read.position() != (asked == null ? head : asked)) {
      throw new IllegalStateException(
          "asked as of %s, answered at %d: %s".formatted(asOf, read.position(), read));
    }
  }

  private long position(Moment moment) {
    long hundredth = Math.max(1, head / 100);
    return switch (moment) {
      case NOW -> head;
      case RECENT -> head - random.nextLong(hundredth) - 1;
      case MIDDLE -> head / 2 + random.nextLong(hundredth);
      case OLDEST -> 1 + random.nextLong(hundredth);
    };
  }
}
