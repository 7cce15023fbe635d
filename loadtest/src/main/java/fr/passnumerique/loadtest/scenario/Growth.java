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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Is redemption as fast when the ledger is old? */
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fills a ledger to each size in turn and measures the rate of redemption there.",
      "Prints it as a ratio to that at the first size. Exits with 1 if that is out of its bound or"
          + " the books do not reconcile. 50 million lines take an hour or two, some 20 GB of disk"
          + " and 4 GB of memory."
    })
public final class Growth implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--redeemed",
      split = ",",
      defaultValue = "1000000,10000000,50000000",
      paramLabel = "<n>",
      description =
          "Sizes, rising: redeemed lines in the ledger, within a few per cent. Default:"
              + " ${DEFAULT-VALUE}.")
  private List<Long> sizes;

  @Mixin private SlipRounds of;

  @Option(
      names = "--through",
      split = ",",
      defaultValue = "bus",
      paramLabel = "<way>",
      description = "Ways to measure: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private List<Through> through;

  @Option(
      names = "--least-ratio",
      defaultValue = "0.8",
      paramLabel = "<r>",
      description =
          "Of its rate at the first size, command bus and HTTP are to keep this much at the last."
              + " Default: ${DEFAULT-VALUE}.")
  private double leastRatio;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Growth() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(
        sizes.stream().sorted().distinct().toList().equals(sizes) && sizes.getFirst() >= 1,
        "--redeemed",
        "rising, from 1 or more");
    of.require(terminal);
    return staging.play(
        terminal, new Played(sizes, of.lines(), of.slips(), of.rounds(), through, leastRatio));
  }

  /** The scenario with its settings. */
  record Played(
      List<Long> sizes, int lines, int slips, int rounds, List<Through> through, double leastRatio)
      implements Staging.Scenario {
    @Override
    public String title() {
      return "Redemption while the ledger grows";
    }

    @Override
    public String how() {
      return """
      A ledger is filled by the way that is measured, in rounds of slips of %d lines, with its projections running. At each size %d rounds of %d slips are measured; they count to the next size. Closed loop: latencies tell how long an answer takes at full load. A ratio is that of the medians at two sizes: they are minutes or hours apart, so that what else the machine does has to stay the same.\
      """
          .formatted(lines, rounds, slips);
    }

    @Override
    public List<Shape> shapes() {
      List<Shape> shapes = new ArrayList<>();
      for (int size = 0; size < sizes.size(); size++) {
        shapes.addAll(filling(size));
        shapes.addAll(Collections.nCopies(rounds, Shape.of(slips, lines)));
      }
      return shapes;
    }

    /** From what was there after the last size. */
    private List<Shape> filling(int size) {
      long there = size == 0 ? 0 : sizes.get(size - 1) + (long) rounds * slips * lines;
      return Filling.shapes(Math.max(0, sizes.get(size) - there), lines);
    }

    /** The rounds measured at one size. */
    private record Measured(long redeemed, List<Sample> samples) {
      double median(ToDoubleFunction<Sample> rate) {
        return Spread.of(samples, rate).median();
      }
    }

    @Override
    public Findings play(Stage stage, List<Round> all) throws InterruptedException {
      Findings findings = new Findings();
      findings.table(
          "way",
          "redeemed lines before",
          "seconds of a round",
          "lines/s acknowledged",
          "lines/s until readable",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "processor µs/line",
          "WAL bytes/line",
          "rate until readable / that at the first size");
      for (Through way : through.stream().sorted().toList()) {
        Course course = stage.course(way);
        List<Measured> measured = measure(stage, course, all);
        Measured first = measured.getFirst();
        measured.forEach(one -> row(findings, way.name(), one, first));
        if (!way.byHand()) {
          findings.atLeast(
              way + ": rate until readable at the last size / at the first",
              measured.getLast().median(Sample::drainedRate) / first.median(Sample::drainedRate),
              leastRatio,
              "");
        }
        findings.reconciled(course.reconcile());
      }
      findings.line("Median of the rounds (least–most).");
      return findings;
    }

    private List<Measured> measure(Stage stage, Course course, List<Round> all)
        throws InterruptedException {
      List<Measured> measured = new ArrayList<>();
      int next = 0;
      long redeemed = 0;
      for (int size = 0; size < sizes.size(); size++) {
        List<Round> filling = all.subList(next, next + filling(size).size());
        next += filling.size();
        stage.say("filling to %d redeemed lines", sizes.get(size));
        Filling.present(course, filling);
        redeemed += filling.stream().mapToLong(Round::accepted).sum();
        List<Sample> samples = new ArrayList<>();
        long before = redeemed;
        for (Round round : all.subList(next, next + rounds)) {
          samples.add(
              stage.present(course, round, new Pace.Closed(), "round " + (samples.size() + 1)));
          redeemed += round.accepted();
        }
        next += rounds;
        measured.add(new Measured(before, samples));
      }
      return measured;
    }

    private static void row(Findings findings, String way, Measured one, Measured first) {
      Histogram latency = Bounds.latency(one.samples());
      findings.row(
          way,
          one.redeemed(),
          Spread.of(one.samples(), sample -> sample.drainedNanos() / 1e9).text("%.2f"),
          Spread.of(one.samples(), Sample::acknowledgedRate).text("%.0f"),
          Spread.of(one.samples(), Sample::drainedRate).text("%.0f"),
          Millis.at(latency, 50),
          Millis.at(latency, 99),
          Millis.at(latency, 99.9),
          Spread.of(one.samples(), s -> s.cost().processorNanos() / 1e3 / s.lines()).text("%.1f"),
          Spread.of(one.samples(), Sample::walOfALine).text("%.0f"),
          "%.2f".formatted(one.median(Sample::drainedRate) / first.median(Sample::drainedRate)));
    }
  }
}
