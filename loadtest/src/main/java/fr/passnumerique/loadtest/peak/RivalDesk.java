package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Way.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the slips of all clients that wait together: one statement, one commit, then each client
 * has its answer. Whoever finds a connection free presents what waits, also the others'; so a
 * client that is alone hands nothing over.
 */
final class RivalDesk implements AutoCloseable {
  /** Of a statement, with which no further slip is added to it. */
  static final int MOST_LINES = 4_000;

  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Writer> free = new ConcurrentLinkedQueue<>();

  /**
   * @param writers each has a connection, and is used by one client at a time
   */
  RivalDesk(List<? extends Writer> writers) {
    free.addAll(writers);
  }

  /** Presents what waits together. */
  interface Writer extends AutoCloseable {
    /**
     * Gives each its answer, or what kept it from having one.
     *
     * @param together by {@link #key}
     */
    void present(Map<String, Waiting> together);

    @Override
    void close();
  }

  /** A slip whose client waits. */
  static final class Waiting {
    final Slip slip;
    private final Thread client = Thread.currentThread();
    private volatile @Nullable Supplier<Answer> answer;

    Waiting(Slip slip) {
      this.slip = slip;
    }

    String key() {
      return RivalDesk.key(slip.venue(), slip.reference());
    }

    void answered(Supplier<Answer> by) {
      answer = by;
      LockSupport.unpark(client);
    }
  }

  static String key(int venue, String reference) {
    return venue + " " + reference;
  }

  Way.Client client() {
    return this::send;
  }

  private Supplier<Answer> send(Slip slip) {
    Waiting mine = new Waiting(slip);
    waiting.add(mine);
    while (true) {
      Supplier<Answer> answer = mine.answer;
      if (answer != null) {
        return answer;
      }
      Writer writer = free.poll();
      if (writer == null) {
        LockSupport.park(this);
        continue;
      }
      try {
        Map<String, Waiting> together = taken();
        wakeNext();
        writer.present(together);
      } finally {
        free.add(writer);
        wakeNext();
      }
    }
  }

  /**
   * Whoever waits first, if a connection is free. Not only when one becomes free: two that do so at
   * the same moment wake the same client, and it leaves the other one to the next.
   */
  private void wakeNext() {
    Waiting next = waiting.peek();
    if (next != null && !free.isEmpty()) {
      LockSupport.unpark(next.client);
    }
  }

  /** What waits; of a slip that is sent twice the second stays for the next statement. */
  private Map<String, Waiting> taken() {
    Map<String, Waiting> together = new HashMap<>();
    List<Waiting> later = new ArrayList<>();
    int lines = 0;
    Waiting next;
    while (lines < MOST_LINES && (next = waiting.poll()) != null) {
      if (together.putIfAbsent(next.key(), next) == null) {
        lines += next.slip.lines();
      } else {
        later.add(next);
      }
    }
    waiting.addAll(later);
    return together;
  }

  @Override
  public void close() {
    free.forEach(Writer::close);
  }
}
