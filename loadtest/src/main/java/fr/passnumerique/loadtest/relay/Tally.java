package fr.passnumerique.loadtest.relay;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** What all cycles came to. */
final class Tally {
  private final List<Cycle> cycles;

  Tally(List<Cycle> cycles) {
    this.cycles = new ArrayList<>(cycles);
  }

  void add(Cycle cycle) {
    cycles.add(cycle);
  }

  int cycles() {
    return cycles.size();
  }

  static String told(Cycle cycle) {
    return String.format(
        Locale.ROOT,
        "%-28s published again after %5.1f s, all whole after %5.1f s%s%s",
        cycle.blow(),
        cycle.publishedMillis() / 1e3,
        cycle.wholeMillis() / 1e3,
        cycle.openTransaction() ? ", a transaction was open" : "",
        cycle.takeOverMillis().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ", %d projections taken over within %.1f s",
                cycle.takeOverMillis().size(),
                cycle.takeOverMillis().stream().mapToLong(Long::longValue).max().orElseThrow()
                    / 1e3));
  }

  void print(PrintWriter out) {
    out.printf("%d cycles%n%n", cycles.size());
    out.println(
        "| blow | times | published again, s: median, longest | all whole, s: median, longest |");
    out.println("|---|---|---|---|");
    for (Blow blow : Blow.values()) {
      List<Cycle> of = cycles.stream().filter(cycle -> cycle.blow() == blow).toList();
      if (!of.isEmpty()) {
        out.printf(
            "| %s | %d | %s | %s |%n",
            blow.told(),
            of.size(),
            spread(of, cycle -> Stream.of(cycle.publishedMillis())),
            spread(of, cycle -> Stream.of(cycle.wholeMillis())));
      }
    }
    out.println();
    List<Cycle> inTransaction =
        cycles.stream().filter(c -> c.blow() == Blow.RELAY_KILLED_IN_TRANSACTION).toList();
    if (!inTransaction.isEmpty()) {
      out.printf(
          "of %d relays held and killed in a transaction, %d left it open at the broker%n",
          inTransaction.size(), inTransaction.stream().filter(Cycle::openTransaction).count());
    }
    long takeOvers = cycles.stream().mapToLong(cycle -> cycle.takeOverMillis().size()).sum();
    if (takeOvers > 0) {
      out.printf(
          "projections taken over by a standby %d, s: median, longest %s%n",
          takeOvers, spread(cycles, cycle -> cycle.takeOverMillis().stream()));
    }
  }

  private static String spread(List<Cycle> cycles, Function<Cycle, Stream<Long>> millis) {
    List<Long> sorted = cycles.stream().flatMap(millis).sorted().toList();
    return String.format(
        Locale.ROOT, "%.1f, %.1f", sorted.get(sorted.size() / 2) / 1e3, sorted.getLast() / 1e3);
  }
}
