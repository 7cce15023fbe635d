package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.crash.Presenting.Tries;
import fr.passnumerique.loadtest.peak.Spread;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of each blow: for how long nobody served, who served then, and how often a client asked
 * and waited.
 */
final class TakeOvers {
  private final long mostSilentMillis;
  private final int mostTries;
  private final List<TakeOver> all = new ArrayList<>();

  /**
   * After one blow.
   *
   * @param silentMillis the longest time without an answer until slips were taken as before
   * @param byAnother whether another application writes since
   * @param tries of the slip that a patient client had to send most often
   * @param sent slips of patient clients, by how often they had to be sent
   * @param waitMillis for the answer to a slip, at the longest: a client of the one that is struck
   *     may wait for as long as the blow lasts
   */
  record TakeOver(
      WriterBlow blow,
      long silentMillis,
      boolean byAnother,
      Tries tries,
      SortedMap<Integer, Integer> sent,
      long waitMillis) {}

  /**
   * @param mostSilentMillis a longer silence does not hold
   * @param mostTries nor does a slip that is sent more often
   */
  TakeOvers(long mostSilentMillis, int mostTries) {
    this.mostSilentMillis = mostSilentMillis;
    this.mostTries = mostTries;
  }

  void add(TakeOver takeOver) {
    all.add(takeOver);
  }

  /** Not at once: whoever measures wants to know of the other blows too. */
  void hold(Faults faults) {
    for (int cycle = 0; cycle < all.size(); cycle++) {
      TakeOver takeOver = all.get(cycle);
      if (takeOver.silentMillis() > mostSilentMillis) {
        faults.add(
            "in cycle %d, %s, nobody served for %d ms, and %d are the most",
            cycle + 1, takeOver.blow(), takeOver.silentMillis(), mostSilentMillis);
      }
      if (takeOver.tries().sent() > mostTries) {
        faults.add(
            "in cycle %d, %s, a slip was sent %s times, and %d are the most",
            cycle + 1, takeOver.blow(), takeOver.tries(), mostTries);
      }
    }
  }

  /** Of the slip that a patient client had to send most often. */
  Tries mostTries() {
    return all.stream().map(TakeOver::tries).reduce(Tries.NONE, Tries::or);
  }

  void print(PrintWriter out) {
    if (all.isEmpty()) {
      return;
    }
    out.println(
        "| what befell the one that writes | times | another took over | until slips are accepted"
            + " again, ms: median, longest | one slip waited, ms: median of the cycles' longest,"
            + " longest |");
    out.println("|---|---|---|---|---|");
    for (WriterBlow blow : WriterBlow.values()) {
      List<TakeOver> of = all.stream().filter(takeOver -> takeOver.blow() == blow).toList();
      if (!of.isEmpty()) {
        Spread silent = Spread.of(of, TakeOver::silentMillis);
        Spread wait = Spread.of(of, TakeOver::waitMillis);
        out.printf(
            Locale.ROOT,
            "| %s | %d | %d | %.0f, %.0f | %.0f, %.0f |%n",
            blow.told(),
            of.size(),
            of.stream().filter(TakeOver::byAnother).count(),
            silent.median(),
            silent.most(),
            wait.median(),
            wait.most());
      }
    }
    SortedMap<Integer, Integer> sent = new TreeMap<>();
    all.forEach(
        takeOver ->
            takeOver.sent().forEach((times, slips) -> sent.merge(times, slips, Integer::sum)));
    out.println();
    out.println(
        "slips of clients that come again when they are told to, by how often each was sent: "
            + sent);
  }
}
