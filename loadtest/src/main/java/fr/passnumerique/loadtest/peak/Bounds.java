package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import java.util.List;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Option;

/** What the answers to slips and the projections may take where slips arrive at a stated rate. */
public final class Bounds {
  @Option(
      names = "--most-p99",
      defaultValue = "250",
      paramLabel = "<ms>",
      description =
          "99 of 100 slips are to be answered within this time of when they were due. Default:"
              + " ${DEFAULT-VALUE}.")
  private double mostP99Millis;

  @Option(
      names = "--most-lag",
      defaultValue = "1000",
      paramLabel = "<ms>",
      description =
          "No slip is to be unreadable in any projection for longer. Default: ${DEFAULT-VALUE}.")
  private double mostLagMillis;

  /** For picocli, which sets the options. */
  Bounds() {}

  public Bounds(double mostP99Millis, double mostLagMillis) {
    this.mostP99Millis = mostP99Millis;
    this.mostLagMillis = mostLagMillis;
  }

  /**
   * @param samples of one way
   */
  public void check(String way, List<Sample> samples, Findings findings) {
    findings.atMost(
        way + ": p99 from when a slip was due",
        latency(samples).getValueAtPercentile(99) / 1e6,
        mostP99Millis,
        " ms");
    checkLag(way, samples, findings);
  }

  /**
   * @param samples of one way
   */
  void checkLag(String way, List<Sample> samples, Findings findings) {
    Histogram lag = lag(samples);
    if (lag.getTotalCount() > 0) {
      findings.atMost(
          way + ": longest lag of a projection", lag.getMaxValue() / 1e6, mostLagMillis, " ms");
    }
  }

  public static Histogram latency(List<Sample> samples) {
    Histogram all = new Histogram(Load.DIGITS);
    samples.forEach(sample -> all.add(sample.latency()));
    return all;
  }

  public static Histogram lag(List<Sample> samples) {
    Histogram all = new Histogram(Load.DIGITS);
    samples.forEach(sample -> all.add(sample.lag()));
    return all;
  }
}
