package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.crash.DatabaseLine.Cut;
import java.time.Duration;
import java.util.Random;

/** Connections to PostgreSQL cut while slips are recorded, in each moment of that twice. */
final class ConnectionsCut {
  /** Within which a slip is recorded, though the cut before has to be got over. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final int TWICE = 2 * Cut.values().length;

  /** Of a moment that does not come: a backend may be faster than whoever ends it. */
  private static final int MOST_TRIES = 12;

  /** That may be answered more for each try, so that there is one to be cut. */
  private static final int SLIPS = 8;

  /** Than a cycle has without them, where one of the moments seldom comes. */
  static final int MORE_SLIPS = (TWICE + MOST_TRIES) * SLIPS;

  private final DatabaseLine line;
  private final Presenting presenting;

  ConnectionsCut(DatabaseLine line, Presenting presenting) {
    this.line = line;
    this.presenting = presenting;
  }

  /**
   * Returns when it is over.
   *
   * @param faults is told of a moment in which none was cut
   */
  void live(Random random, Faults faults) throws InterruptedException {
    AppendsCut before = line.appendsCut();
    int first = random.nextInt(Cut.values().length);
    for (int number = 0; number < MOST_TRIES * Cut.values().length; number++) {
      Cut cut = Cut.values()[(first + number) % Cut.values().length];
      AppendsCut done = line.appendsCut();
      if (number < TWICE || done.minus(before).of(cut) == 0) {
        line.cut(cut);
        presenting.allow(SLIPS);
        long end = System.nanoTime() + SOON.toNanos();
        while (line.appendsCut().equals(done) && System.nanoTime() < end) {
          Thread.sleep(1);
        }
        Thread.sleep(50 + random.nextInt(250));
      }
    }
    line.spare();
    hold(line.appendsCut().minus(before), faults);
  }

  /** A cycle in which nothing was cut shows nothing. */
  static void hold(AppendsCut done, Faults faults) {
    for (Cut cut : Cut.values()) {
      if (done.of(cut) == 0) {
        faults.add("no connection that records slips was cut %s", cut.told());
      }
    }
  }
}
