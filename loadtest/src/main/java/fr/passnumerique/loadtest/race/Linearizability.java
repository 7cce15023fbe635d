package fr.passnumerique.loadtest.race;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the calls on one object can be put in an order in which the object answers each as it was
 * answered, and in which a call that had ended before another began comes before it (Herlihy and
 * Wing 1990).
 *
 * <p>The search is Wing and Gong's (1993), with Lowe's (2017) list of what is still to be placed
 * and his memory of what was tried: the set of placed calls and the state that they lead to.
 * Histories are checked object by object, which is enough: an execution is linearizable if and only
 * if it is for each of its objects.
 *
 * <p>A call without an answer may take effect at any time after it began, or never.
 */
final class Linearizability {
  /** A search of more steps than this is given up: it proves nothing, and is told as a fault. */
  private static final int MOST_STEPS = 2_000_000;

  /** How a search ended. */
  enum Result {
    LINEARIZABLE,
    NOT_LINEARIZABLE,
    GIVEN_UP
  }

  /**
   * @param begun {@code ended} beyond it is at the same time
   * @param ended {@link Call#NEVER} if it has not
   * @param after indices of those that come before it whatever the times say
   */
  record Timed(Specification.Step step, long begun, long ended, BitSet after) {}

  private final Specification object;
  private final List<Timed> calls;
  private final Entry first = new Entry(-1, false);
  private final BitSet placed = new BitSet();
  private final Set<Tried> tried = new HashSet<>();

  private record Tried(BitSet placed, String state) {}

  private record Choice(Entry call, String before) {}

  /** The beginning or the end of a call, in a list in the order of time. */
  private static final class Entry {
    private final int call;
    private final boolean begins;
    private @Nullable Entry end;
    private @Nullable Entry previous;
    private @Nullable Entry next;

    Entry(int call, boolean begins) {
      this.call = call;
      this.begins = begins;
    }

    void unlink() {
      if (previous != null) {
        previous.next = next;
      }
      if (next != null) {
        next.previous = previous;
      }
    }

    void link() {
      if (next != null) {
        next.previous = this;
      }
      if (previous != null) {
        previous.next = this;
      }
    }
  }

  private Linearizability(Specification object, List<Timed> calls) {
    this.object = object;
    this.calls = calls;
    list();
  }

  static Result of(Specification object, List<Timed> calls) {
    return new Linearizability(object, calls).search();
  }

  private void list() {
    record Moment(long at, boolean begins, Entry entry) {}
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      Entry begin = new Entry(i, true);
      moments.add(new Moment(calls.get(i).begun(), true, begin));
      if (calls.get(i).ended() != Call.NEVER) {
        Entry end = new Entry(i, false);
        begin.end = end;
        moments.add(new Moment(calls.get(i).ended(), false, end));
      }
    }
    // At the same nanosecond neither is before the other: beginnings first.
    moments.sort(
        Comparator.comparingLong(Moment::at).thenComparingInt(moment -> moment.begins() ? 0 : 1));
    Entry last = first;
    for (Moment moment : moments) {
      last.next = moment.entry();
      moment.entry().previous = last;
      last = moment.entry();
    }
  }

  private Result search() {
    Deque<Choice> choices = new ArrayDeque<>();
    String state = object.initial();
    int left = (int) calls.stream().filter(call -> call.ended() != Call.NEVER).count();
    Entry entry = first.next;
    for (int step = 0; left > 0; step++) {
      if (step > MOST_STEPS) {
        return Result.GIVEN_UP;
      }
      if (entry != null && entry.begins) {
        String then = place(entry, state);
        if (then == null) {
          entry = entry.next;
        } else {
          choices.push(new Choice(entry, state));
          state = then;
          left -= calls.get(entry.call).ended() == Call.NEVER ? 0 : 1;
          lift(entry);
          entry = first.next;
        }
      } else {
        // A call ended that is not placed, and none of those that had begun can be placed before
        // it.
        if (choices.isEmpty()) {
          return Result.NOT_LINEARIZABLE;
        }
        Choice last = choices.pop();
        state = last.before();
        placed.clear(last.call().call);
        left += calls.get(last.call().call).ended() == Call.NEVER ? 0 : 1;
        putBack(last.call());
        entry = last.call().next;
      }
    }
    return Result.LINEARIZABLE;
  }

  /**
   * The state once the call is placed next; null if it cannot be, or was tried with the same end.
   */
  private @Nullable String place(Entry entry, String state) {
    Timed call = calls.get(entry.call);
    BitSet missing = (BitSet) call.after().clone();
    missing.andNot(placed);
    String then = missing.isEmpty() ? object.after(state, call.step()) : null;
    if (then == null) {
      return null;
    }
    placed.set(entry.call);
    if (tried.add(new Tried((BitSet) placed.clone(), then))) {
      return then;
    }
    placed.clear(entry.call);
    return null;
  }

  private static void lift(Entry begin) {
    begin.unlink();
    if (begin.end != null) {
      begin.end.unlink();
    }
  }

  private static void putBack(Entry begin) {
    if (begin.end != null) {
      begin.end.link();
    }
    begin.link();
  }
}
