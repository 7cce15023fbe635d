package fr.passnumerique.loadtest.peak;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Times of a histogram in nanoseconds, as cells of a table in milliseconds. */
public final class Millis {
  private Millis() {}

  public static String at(Histogram nanos, double percentile) {
    return nanos.getTotalCount() == 0
        ? "–"
        : String.format(Locale.ROOT, "%.2f", nanos.getValueAtPercentile(percentile) / 1e6);
  }
}
