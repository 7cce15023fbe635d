package fr.passnumerique.loadtest.scenario;

import java.util.Arrays;

/** Values in their order as a line of bars, for whoever reads a report as text. */
final class Curve {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int MOST_BARS = 60;

  private Curve() {}

  /**
   * The lowest bar is the least value and the highest the most; neighbours share a bar by their
   * mean.
   */
  static String of(double... values) {
    int bars = Math.min(MOST_BARS, values.length);
    double[] means = new double[bars];
    for (int bar = 0; bar < bars; bar++) {
      means[bar] =
          Arrays.stream(values, bar * values.length / bars, (bar + 1) * values.length / bars)
              .average()
              .orElseThrow();
    }
    double least = Arrays.stream(means).min().orElse(0);
    double span = Arrays.stream(means).max().orElse(0) - least;
    StringBuilder text = new StringBuilder();
    for (double mean : means) {
      text.append(BARS.charAt(span == 0 ? 0 : (int) Math.round((mean - least) / span * 7)));
    }
    return text.toString();
  }
}
