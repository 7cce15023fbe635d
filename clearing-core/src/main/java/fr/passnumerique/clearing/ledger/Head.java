package fr.passnumerique.clearing.ledger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The position of the last fact that the registers hold, for those who wait for more. */
final class Head {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long position;

  long position() {
    return position;
  }

  void moveTo(long newPosition) {
    position = newPosition;
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
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
   * @param listener quick: it runs on the appender's thread
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
