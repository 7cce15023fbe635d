package fr.passnumerique.clearing.ledger;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Predicate;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * What the last facts changed, for testing conditions without asking the database.
 *
 * <p>A condition is as old as the decision, so it has to be tested against a handful of facts: a
 * walk back from the newest is quicker than keeping a map of every tag and cheque up to date. Used
 * by the appender's thread only.
 */
final class RecentFacts {
  private final int capacity;
  private final Deque<Change> changes = new ArrayDeque<>();
  private long floor;

  /**
   * @param cheques sorted ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Change(long position, QualifiedName type, Set<Tag> tags, long[] cheques) {}

  /**
   * @param floor facts up to this position are not known here
   */
  RecentFacts(int capacity, long floor) {
    this.capacity = capacity;
    this.floor = floor;
  }

  void add(Change change) {
    changes.addLast(change);
    if (changes.size() > capacity) {
      floor = changes.removeFirst().position();
    }
  }

  /** Facts up to this position have left the window. */
  long floor() {
    return floor;
  }

  /** Whether a fact after {@code position} satisfies the test. */
  boolean anyAfter(long position, Predicate<Change> test) {
    Iterator<Change> newestFirst = changes.descendingIterator();
    while (newestFirst.hasNext()) {
      Change change = newestFirst.next();
      if (change.position() <= position) {
        return false;
      }
      if (test.test(change)) {
        return true;
      }
    }
    return false;
  }

  /** Whether two ascending lists of cheques share one. */
  static boolean overlap(long[] some, long[] others) {
    int i = 0;
    int j = 0;
    while (i < some.length && j < others.length) {
      if (some[i] < others[j]) {
        i++;
      } else if (some[i] > others[j]) {
        j++;
      } else {
        return true;
      }
    }
    return false;
  }
}
