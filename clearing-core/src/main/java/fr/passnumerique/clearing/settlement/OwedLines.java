package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.territory.Departement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Accepted lines that are not paid, in the slip's order: 12 bytes each, because a million may be
 * unpaid at a time. Immutable.
 */
final class OwedLines {
  static final OwedLines NONE = new OwedLines(new long[0], new Departement[0]);

  private final long[] cheques;
  private final Departement[] spentIn;

  private OwedLines(long[] cheques, Departement[] spentIn) {
    this.cheques = cheques;
    this.spentIn = spentIn;
  }

  /**
   * @param cheques {@code Serial.key()} of each
   * @param spentIn département of spending of each
   * @param size how many of them count
   */
  static OwedLines of(long[] cheques, Departement[] spentIn, int size) {
    return new OwedLines(Arrays.copyOf(cheques, size), Arrays.copyOf(spentIn, size));
  }

  int size() {
    return cheques.length;
  }

  Serial cheque(int index) {
    return Serial.ofKey(cheques[index]);
  }

  Departement spentIn(int index) {
    return spentIn[index];
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
    long[] left = new long[cheques.length];
    Departement[] places = new Departement[cheques.length];
    int size = 0;
    for (int i = 0; i < cheques.length; i++) {
      if (condition.test(cheque(i))) {
        left[size] = cheques[i];
        places[size++] = spentIn[i];
      }
    }
    return of(left, places, size);
  }

  OwedLines and(OwedLines others) {
    long[] all = Arrays.copyOf(cheques, cheques.length + others.size());
    Departement[] places = Arrays.copyOf(spentIn, all.length);
    System.arraycopy(others.cheques, 0, all, cheques.length, others.size());
    System.arraycopy(others.spentIn, 0, places, cheques.length, others.size());
    return new OwedLines(all, places);
  }
}
