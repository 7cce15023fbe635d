package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.peak.Spread;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many slips a second several applications take while nothing befalls them: with all clients at
 * the one that writes, and spread over all, so that most are forwarded. Measured in turns, since
 * what else a machine does changes.
 */
final class NodeRates {
  /** The first of them does not count: Java still compiles. */
  private static final int ROUNDS = 6;

  private final SeveralNodes nodes;
  private final Acknowledged acknowledged;
  private final Faults faults;
  private final int slips;
  private final List<Double> atTheWriter = new ArrayList<>();
  private final List<Double> spread = new ArrayList<>();

  /**
   * @param slips answered in each turn
   */
  NodeRates(SeveralNodes nodes, Acknowledged acknowledged, Faults faults, int slips) {
    this.nodes = nodes;
    this.acknowledged = acknowledged;
    this.faults = faults;
    this.slips = slips;
  }

  /** Slips that are used up at most. */
  static int slips(int slips, int clients) {
    return Math.multiplyExact(2 * ROUNDS, slips + 2 * clients);
  }

  void measure(long seed) throws IOException, SQLException, InterruptedException {
    for (int round = 0; round < ROUNDS && faults.none(); round++) {
      nodes.awaitAll();
      URI writer = nodes.writes().orElseThrow();
      double alone = turn(List.of(writer), seed + round);
      double all = nodes.roots().size() == 1 ? alone : turn(nodes.roots(), seed - round);
      if (round > 0) {
        atTheWriter.add(alone);
        spread.add(all);
      }
    }
  }

  private double turn(List<URI> roots, long seed) throws InterruptedException {
    try (Presenting presenting =
        Presenting.begin(
            nodes.slips(), roots, 0, acknowledged, faults, slips + nodes.slips().clients(), seed)) {
      // The first of each client: it connects.
      int first = nodes.slips().clients();
      presenting.await(
          "the first slips answered", () -> presenting.answered() >= first, nodes::endOfLogs);
      int from = presenting.answered();
      long began = System.nanoTime();
      presenting.await(
          "%d slips answered".formatted(slips),
          () -> presenting.answered() >= slips,
          nodes::endOfLogs);
      double rate = (presenting.answered() - from) * 1e9 / (System.nanoTime() - began);
      presenting.end();
      return rate;
    }
  }

  void print(PrintWriter out) {
    if (atTheWriter.isEmpty()) {
      return;
    }
    out.printf("slips/s before any blow, median of %d turns (least–most): ", ROUNDS - 1);
    if (nodes.roots().size() == 1) {
      out.printf("%s%n%n", Spread.of(atTheWriter).text("%.0f"));
      return;
    }
    out.printf(
        Locale.ROOT,
        "clients at the one that writes %s, spread over all %s; %.2f of it, median of the"
            + " turns%n%n",
        Spread.of(atTheWriter).text("%.0f"),
        Spread.of(spread).text("%.0f"),
        ratio());
  }

  /** Of turns beside each other. */
  private double ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < spread.size(); i++) {
      ratios.add(spread.get(i) / atTheWriter.get(i));
    }
    return Spread.of(ratios).median();
  }
}
