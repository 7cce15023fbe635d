package fr.passnumerique.clearing.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The position of the last fact that the registers hold, and the facts before it that were folded
 * last, for those who wait for more: they need neither ask the table nor parse what this node has
 * in its hands.
 */
final class Head {
  /** Slips have about 42 lines, so some megabytes. */
  private static final int KEPT = 2_048;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final @Nullable RecordedFact[] kept = new RecordedFact[KEPT];
  private volatile long position;

  long position() {
    return position;
  }

  /**
   * @param facts that follow the head, at least one
   */
  void moveOver(List<RecordedFact> facts) {
    lock.lock();
    try {
      for (RecordedFact fact : facts.subList(Math.max(0, facts.size() - KEPT), facts.size())) {
        kept[(int) (fact.position() % KEPT)] = fact;
      }
      position = facts.getLast().position();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  /** The registers begin there, with no facts before it at hand. */
  void beginAt(long first) {
    lock.lock();
    try {
      position = first;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  /**
   * @param after position, exclusive
   * @return the next facts, at most {@code limit}; empty if the first of them is not kept
   */
  List<RecordedFact> after(long after, int limit) {
    List<RecordedFact> facts = new ArrayList<>();
    lock.lock();
    try {
      for (long next = after + 1; next <= position && facts.size() < limit; next++) {
        RecordedFact fact = kept[(int) (next % KEPT)];
        if (fact == null || fact.position() != next) {
          break;
        }
        facts.add(fact);
      }
    } finally {
      lock.unlock();
    }
    return facts;
  }

  boolean awaitBeyond(long seen, Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    lock.lock();
    try {
      while (position <= seen && left > 0) {
        left = moved.awaitNanos(left);
      }
      return position > seen;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param listener quick: it runs on the thread that folds the registers
   */
  Listening onMove(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Ends a listener's listening. */
  interface Listening {
    /** Whether it was listening until now. */
    boolean remove();
  }
}
