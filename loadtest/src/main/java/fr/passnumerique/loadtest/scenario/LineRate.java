package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Pace;
import fr.passnumerique.loadtest.peak.Shape;
import picocli.CommandLine.Option;

/** How many lines a second arrive, in slips as long as venues send them. */
final class LineRate {
  /** Of such a slip. */
  static final double MEAN_LINES = 42;

  @Option(
      names = "--lines-per-second",
      defaultValue = "530",
      paramLabel = "<n>",
      description = "Of slips as long as venues send them. Default: ${DEFAULT-VALUE}.")
  private double lines;

  /** For picocli, which sets the option. */
  LineRate() {}

  LineRate(double lines) {
    this.lines = lines;
  }

  void check(Terminal terminal) {
    terminal.require(lines > 0, "--lines-per-second", "more than 0");
  }

  double lines() {
    return lines;
  }

  /** Slips due at fixed times, whatever became of those before. */
  Pace pace() {
    return new Pace.Open(lines / MEAN_LINES);
  }

  /** Those of so long. */
  Shape slips(double seconds) {
    return Shape.ofRealSizes((int) Math.max(1, Math.round(lines / MEAN_LINES * seconds)));
  }
}
