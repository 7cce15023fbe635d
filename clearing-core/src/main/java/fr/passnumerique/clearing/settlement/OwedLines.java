package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.territory.Departement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Accepted lines that are not paid, in the slip's order: 8 bytes each, because millions may be
 * unpaid at a time, and 4 more where a slip was spent in several départements. Those of a slip that
 * was cut in pieces know their places in it as well, 4 bytes more each, so that pieces that come
 * back are put where they were cut out. Immutable.
 */
final class OwedLines {
  static final OwedLines NONE = new OwedLines(new long[0], new Departement[0], null);

  private final long[] cheques;

  /** Of each; one alone where it is that of all, as of nearly every slip. */
  private final Departement[] spentIn;

  /** Rising, among all lines of the slip from 0; null for 0, 1, 2, …. */
  private final int @Nullable [] places;

  private OwedLines(long[] cheques, Departement[] spentIn, int @Nullable [] places) {
    this.cheques = cheques;
    this.spentIn = packed(spentIn);
    this.places = places;
  }

  private static Departement[] packed(Departement[] each) {
    for (int i = 1; i < each.length; i++) {
      if (!each[i].equals(each[0])) {
        return each;
      }
    }
    return each.length < 2 ? each : new Departement[] {each[0]};
  }

  /**
   * All that is owed of a slip at first.
   *
   * @param cheques {@code Serial.key()} of each
   * @param spentIn département of spending of each
   * @param size how many of them count
   */
  static OwedLines of(long[] cheques, Departement[] spentIn, int size) {
    return new OwedLines(Arrays.copyOf(cheques, size), Arrays.copyOf(spentIn, size), null);
  }

  /** Read from a snapshot, none are the one that others have. */
  Object readResolve() {
    return cheques.length == 0 ? NONE : this;
  }

  int size() {
    return cheques.length;
  }

  Serial cheque(int index) {
    return Serial.ofKey(cheques[index]);
  }

  Departement spentIn(int index) {
    return spentIn[spentIn.length == 1 ? 0 : index];
  }

  boolean contains(Serial cheque) {
    for (long each : cheques) {
      if (each == cheque.key()) {
        return true;
      }
    }
    return false;
  }

  boolean holds(OwedLines some) {
    Set<Long> own = new HashSet<>();
    for (long cheque : cheques) {
      own.add(cheque);
    }
    for (long cheque : some.cheques) {
      if (!own.contains(cheque)) {
        return false;
      }
    }
    return true;
  }

  OwedLines only(Set<Serial> some) {
    return kept(some::contains);
  }

  OwedLines without(Set<Serial> some) {
    return kept(cheque -> !some.contains(cheque));
  }

  private OwedLines kept(Predicate<Serial> condition) {
    Merged kept = new Merged(cheques.length);
    for (int i = 0; i < cheques.length; i++) {
      if (condition.test(cheque(i))) {
        kept.add(this, i);
      }
    }
    return kept.size == cheques.length ? this : kept.lines();
  }

  /**
   * With other lines of the same slip, all in its order: those that come back are netted and paid
   * before the lines after them, as if they had never been away.
   */
  OwedLines and(OwedLines others) {
    Merged all = new Merged(cheques.length + others.size());
    int own = 0;
    for (int other = 0; other < others.size(); other++) {
      while (own < cheques.length && place(own) < others.place(other)) {
        all.add(this, own++);
      }
      all.add(others, other);
    }
    while (own < cheques.length) {
      all.add(this, own++);
    }
    return all.lines();
  }

  private int place(int index) {
    return places == null ? index : places[index];
  }

  private static final class Merged {
    private final long[] cheques;
    private final Departement[] spentIn;
    private final int[] places;
    private int size;

    private Merged(int most) {
      cheques = new long[most];
      spentIn = new Departement[most];
      places = new int[most];
    }

    private void add(OwedLines from, int index) {
      cheques[size] = from.cheques[index];
      spentIn[size] = from.spentIn(index);
      places[size++] = from.place(index);
    }

    private OwedLines lines() {
      // They rise: the last is where it would be without a gap only if there is none.
      boolean gaps = size > 0 && places[size - 1] != size - 1;
      return new OwedLines(
          Arrays.copyOf(cheques, size),
          Arrays.copyOf(spentIn, size),
          gaps ? Arrays.copyOf(places, size) : null);
    }
  }
}
