package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.crash.DatabaseLine.Cut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntBinaryOperator;

/**
 * Statements that record slips and were cut off, in the order of {@link Cut}.
 *
 * @param all how many
 * @param recorded of them, how many were recorded all the same
 */
record AppendsCut(List<Integer> all, List<Integer> recorded) {
  static final AppendsCut NONE = new AppendsCut(zeros(), zeros());

  AppendsCut {
    all = List.copyOf(all);
    recorded = List.copyOf(recorded);
  }

  private static List<Integer> zeros() {
    return Collections.nCopies(Cut.values().length, 0);
  }

  /** So many, recorded or not. */
  int of(Cut cut) {
    return all.get(cut.ordinal());
  }

  AppendsCut plus(AppendsCut other) {
    return both(other, Integer::sum);
  }

  AppendsCut minus(AppendsCut other) {
    return both(other, (mine, others) -> mine - others);
  }

  private AppendsCut both(AppendsCut other, IntBinaryOperator of) {
    List<Integer> ofAll = new ArrayList<>();
    List<Integer> ofRecorded = new ArrayList<>();
    for (int cut = 0; cut < all.size(); cut++) {
      ofAll.add(of.applyAsInt(all.get(cut), other.all.get(cut)));
      ofRecorded.add(of.applyAsInt(recorded.get(cut), other.recorded.get(cut)));
    }
    return new AppendsCut(ofAll, ofRecorded);
  }

  String told() {
    StringJoiner told = new StringJoiner("; ");
    for (Cut cut : Cut.values()) {
      told.add(
          "%s %d, %d of them recorded"
              .formatted(cut.told(), all.get(cut.ordinal()), recorded.get(cut.ordinal())));
    }
    return told.toString();
  }

  /** For the state file. */
  String word() {
    StringJoiner word = new StringJoiner(",");
    all.forEach(one -> word.add(Integer.toString(one)));
    recorded.forEach(one -> word.add(Integer.toString(one)));
    return word.toString();
  }

  static AppendsCut of(String word) {
    List<Integer> counts = new ArrayList<>();
    for (String count : word.split(",")) {
      counts.add(Integer.valueOf(count));
    }
    int cuts = Cut.values().length;
    return new AppendsCut(counts.subList(0, cuts), counts.subList(cuts, 2 * cuts));
  }
}
