package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.peak.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

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

  void print(PrintWriter out) {
    out.println(
        "| what befell it | times | slips acknowledged | until slips are accepted again, s:"
            + " median, longest | topic and projections whole again, s: median, longest |");
    out.println("|---|---|---|---|---|");
    for (Blow blow : Blow.values()) {
      List<Cycle> of = cycles.stream().filter(cycle -> cycle.blow() == blow).toList();
      if (!of.isEmpty()) {
        out.printf(
            "| %s | %d | %d | %s | %s |%n",
            blow.told(),
            of.size(),
            sum(of, Cycle::acknowledged),
            spread(of, Cycle::silentMillis),
            spread(of, Cycle::wholeMillis));
      }
    }
    out.println();
    out.printf(
        "%d cycles; slips acknowledged %d, at least %d in each%n",
        cycles.size(),
        sum(cycles, Cycle::acknowledged),
        cycles.stream().mapToInt(Cycle::acknowledged).min().orElse(0));
    out.printf(
        "requests without an answer %d, given up by the client %d, told to come later %d %s; slips"
            + " recorded though no answer had come %d; starts of the application that ended, since"
            + " PostgreSQL was killed with it and not back yet, %d; connections to PostgreSQL cut"
            + " %d; ends of PostgreSQL and broker by themselves %d%n",
        sum(cycles, Cycle::lost),
        sum(cycles, Cycle::givenUp),
        sum(cycles, Cycle::refused),
        refusals(),
        sum(cycles, Cycle::recordedUnheard),
        sum(cycles, Cycle::endedByItself),
        sum(cycles, Cycle::cuts),
        sum(cycles, Cycle::othersEnded));
    AppendsCut cut =
        cycles.stream().map(Cycle::appendsCut).reduce(AppendsCut.NONE, AppendsCut::plus);
    if (!cut.equals(AppendsCut.NONE)) {
      out.printf("of these connections, in the middle of recording slips: %s%n", cut.told());
    }
  }

  /** By code. */
  private Map<String, Integer> refusals() {
    Map<String, Integer> refusals = new TreeMap<>();
    cycles.forEach(
        cycle ->
            cycle.refusals().forEach((code, times) -> refusals.merge(code, times, Integer::sum)));
    return refusals;
  }

  private static long sum(List<Cycle> cycles, ToLongFunction<Cycle> what) {
    return cycles.stream().mapToLong(what).sum();
  }

  private static String spread(List<Cycle> cycles, ToLongFunction<Cycle> millis) {
    Spread spread = Spread.of(cycles, cycle -> millis.applyAsLong(cycle) / 1e3);
    return String.format(Locale.ROOT, "%.1f, %.1f", spread.median(), spread.most());
  }
}
