package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Bounds;
import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Millis;
import fr.passnumerique.loadtest.peak.Pace;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Spread;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A year in some minutes: quiet in August, crowded in October. */
@Command(
    name = "season",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays a year of slips over HTTP in compressed time: their number follows a curve with its"
          + " peak in autumn, their sizes are those that venues send (42 lines in the mean, some"
          + " of hundreds), and they arrive whatever becomes of those before.",
      "Prints latency and the projections' lag along the curve. Exits with 1 if they are out of"
          + " their bounds or the books do not reconcile."
    })
public final class Season implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--lines-per-second",
      defaultValue = "530",
      paramLabel = "<n>",
      description =
          "In the week of the peak; the others have their part of it. 530 is that of everyone"
              + " served in one year. Default: ${DEFAULT-VALUE}.")
  private double linesPerSecond;

  @Option(
      names = "--weeks",
      defaultValue = "52",
      paramLabel = "<n>",
      description = "Steps in which the year is told. Default: ${DEFAULT-VALUE}.")
  private int weeks;

  @Option(
      names = "--seconds-per-week",
      defaultValue = "5",
      paramLabel = "<s>",
      description = "Default: ${DEFAULT-VALUE}.")
  private double secondsPerWeek;

  @Mixin private Bounds bounds;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Season() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(linesPerSecond > 0, "--lines-per-second", "more than 0");
    terminal.require(weeks >= 1 && weeks <= 366, "--weeks", "1 to 366");
    terminal.require(secondsPerWeek > 0, "--seconds-per-week", "more than 0");
    return staging.play(terminal, new Played(linesPerSecond, weeks, secondsPerWeek, bounds));
  }

  /** The scenario with its settings. */
  record Played(double linesPerSecond, int weeks, double secondsPerWeek, Bounds bounds)
      implements Staging.Scenario {
    /**
     * Slips of a month, January first, in parts of October's. Assumed: nobody has published the
     * curve of a year, only that autumn is its peak.
     */
    private static final double[] MONTHS = {
      0.45, 0.45, 0.50, 0.50, 0.45, 0.40, 0.25, 0.15, 0.65, 1.00, 0.90, 0.55
    };

    @Override
    public String title() {
      return "A year's season";
    }

    @Override
    public String how() {
      return """
      A year in %d steps of %.1f s. The number of slips of a step follows months that are %s of October's, with straight lines between their middles: an assumption, no published figure. Sizes of slips are log-normal, half below 26 lines, 42 in the mean, cut at 500. In each step slips are due at fixed times, whatever became of those before, and latency counts from then; every 20 ms the age of the oldest slip that some projection does not hold yet is looked at. Between two steps arrivals wait until the projections have caught up: a backlog is seen in the step that made it and not carried into the next.\
      """
          .formatted(
              weeks,
              secondsPerWeek,
              String.join(
                  ", ",
                  Arrays.stream(MONTHS)
                      .mapToObj(part -> String.format(Locale.ROOT, "%.2f", part))
                      .toList()));
    }

    /** Its part of the year's peak. */
    private double part(int week) {
      double month = (week + 0.5) / weeks * MONTHS.length - 0.5;
      int before = Math.floorMod((int) Math.floor(month), MONTHS.length);
      double between = month - Math.floor(month);
      return MONTHS[before] * (1 - between) + MONTHS[(before + 1) % MONTHS.length] * between;
    }

    private double slipsPerSecond(int week) {
      return linesPerSecond * part(week) / LineRate.MEAN_LINES;
    }

    private String month(int week) {
      return Month.of(1 + (2 * week + 1) * MONTHS.length / (2 * weeks))
          .getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    @Override
    public List<Shape> shapes() {
      return IntStream.range(0, weeks)
          .mapToObj(
              week ->
                  Shape.ofRealSizes(
                      (int) Math.max(1, Math.round(slipsPerSecond(week) * secondsPerWeek))))
          .toList();
    }

    @Override
    public List<Through> through() {
      return List.of(Through.http);
    }

    @Override
    public Findings play(Stage stage, List<Round> rounds) throws InterruptedException {
      Course course = stage.course(Through.http);
      List<Sample> samples = new ArrayList<>();
      for (int week = 0; week < weeks; week++) {
        samples.add(
            stage.present(
                course,
                rounds.get(week),
                new Pace.Open(slipsPerSecond(week)),
                "week " + (week + 1)));
      }
      Findings findings = new Findings();
      findings.table(
          "week",
          "month",
          "slips",
          "lines",
          "lines/s due",
          "lines/s acknowledged",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "most ms",
          "lag p50 ms",
          "lag p99 ms",
          "lag most ms");
      for (int week = 0; week < weeks; week++) {
        row(findings, "%d".formatted(week + 1), month(week), List.of(samples.get(week)), week);
      }
      Histogram latency = Bounds.latency(samples);
      Histogram lag = Bounds.lag(samples);
      findings.line(
          "The year: %d lines in %d slips; p50 %s ms, p99 %s ms, p99.9 %s ms; lag p50 %s ms, p99 %s"
              + " ms, at most %s ms. Lines/s acknowledged: %s.",
          samples.stream().mapToLong(Sample::lines).sum(),
          rounds.subList(0, weeks).stream().mapToInt(Round::slips).sum(),
          Millis.at(latency, 50),
          Millis.at(latency, 99),
          Millis.at(latency, 99.9),
          Millis.at(lag, 50),
          Millis.at(lag, 99),
          Millis.at(lag, 100),
          Spread.of(samples, Sample::acknowledgedRate).text("%.0f"));
      bounds.check("http", samples, findings);
      findings.reconciled(course.reconcile());
      return findings;
    }

    private void row(
        Findings findings, String week, String month, List<Sample> samples, int number) {
      Histogram latency = Bounds.latency(samples);
      Histogram lag = Bounds.lag(samples);
      Sample sample = samples.getFirst();
      findings.row(
          week,
          month,
          sample.requests(),
          sample.lines(),
          "%.0f".formatted(slipsPerSecond(number) * LineRate.MEAN_LINES),
          "%.0f".formatted(sample.acknowledgedRate()),
          Millis.at(latency, 50),
          Millis.at(latency, 99),
          Millis.at(latency, 99.9),
          Millis.at(latency, 100),
          Millis.at(lag, 50),
          Millis.at(lag, 99),
          Millis.at(lag, 100));
    }
  }
}
