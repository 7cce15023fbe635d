package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Bounds;
import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Millis;
import fr.passnumerique.loadtest.peak.Pace;
import fr.passnumerique.loadtest.peak.Plan;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Slip;
import fr.passnumerique.loadtest.peak.Spread;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everybody at one venue, beside everybody at a venue of his own. */
@Command(
    name = "hot",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Presents slips of one venue, and so of one agreement, by all clients at once, in alternation"
          + " with slips that are spread over all venues: by the rival's SQL, the command bus and"
          + " HTTP. A part of the cheques is wanted by all clients, and each given to one.",
      "Prints what of its rate each keeps. Exits with 1 if that is out of its bound or the books do"
          + " not reconcile."
    })
public final class Hot implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Mixin private SlipRounds of;

  @Option(
      names = "--warm-up",
      defaultValue = "3",
      paramLabel = "<n>",
      description = "Rounds of each kind before, which do not count. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--through",
      split = ",",
      defaultValue = "rival,bus,http",
      paramLabel = "<way>",
      description = "Ways to measure. Default: ${DEFAULT-VALUE}.")
  private List<Through> through;

  @Option(
      names = "--least-ratio",
      defaultValue = "0.5",
      paramLabel = "<r>",
      description =
          "Of its rate with slips that are spread, command bus and HTTP are to keep this much where"
              + " all come from one venue. Default: ${DEFAULT-VALUE}.")
  private double leastRatio;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Hot() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    of.require(terminal);
    terminal.require(warmUp >= 0, "--warm-up", "0 or more");
    return staging.play(
        terminal, new Played(of.lines(), of.slips(), of.rounds(), warmUp, through, leastRatio));
  }

  /** The scenario with its settings. */
  record Played(
      int lines, int slips, int rounds, int warmUp, List<Through> through, double leastRatio)
      implements Staging.Scenario {
    @Override
    public String title() {
      return "One venue, everybody at once";
    }

    @Override
    public String how() {
      return """
      %d rounds after %d to warm up; in each, every way is given %d slips of %d lines spread over all venues, then as many of one venue, by the same clients. Closed loop: each client sends its next slip when the last is answered, so that latencies tell how long an answer takes at full load. Of the slips of one venue, all of one agreement, a quarter has half of its lines from cheques that every client presents at about the same moment, on a slip of its own: whoever is first has them, each once, and the others are told that they are redeemed. The other cheques are each client's own. A ratio is that of the two rates of one round.\
      """
          .formatted(rounds, warmUp, slips, lines);
    }

    @Override
    public List<Shape> shapes() {
      List<Shape> shapes = new ArrayList<>();
      for (int round = 0; round < warmUp + rounds; round++) {
        shapes.add(Shape.of(slips, lines));
        shapes.add(Shape.of(slips, lines).hot());
      }
      return shapes;
    }

    /** What became of the rounds that count. */
    private record Turns(Course course, List<Sample> spread, List<Sample> hot) {
      Spread ratio(ToDoubleFunction<Sample> rate) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < hot.size(); i++) {
          ratios.add(rate.applyAsDouble(hot.get(i)) / rate.applyAsDouble(spread.get(i)));
        }
        return Spread.of(ratios);
      }

      String way() {
        return course.way().name();
      }
    }

    @Override
    public Findings play(Stage stage, List<Round> all) throws InterruptedException {
      List<Turns> turns =
          through.stream()
              .sorted()
              .map(way -> new Turns(stage.course(way), new ArrayList<>(), new ArrayList<>()))
              .toList();
      for (int pair = 0; pair < warmUp + rounds; pair++) {
        for (Turns turn : turns) {
          Sample spread = present(stage, turn, all.get(2 * pair), "spread");
          Sample hot = present(stage, turn, all.get(2 * pair + 1), "hot");
          if (pair >= warmUp) {
            turn.spread().add(spread);
            turn.hot().add(hot);
          }
        }
      }
      return findings(turns, stage.plan(), hot(all), all.getFirst().byClient().size());
    }

    /** Of the rounds that count. */
    private List<Slip> hot(List<Round> all) {
      return IntStream.range(warmUp, warmUp + rounds)
          .mapToObj(pair -> all.get(2 * pair + 1))
          .flatMap(Round::all)
          .toList();
    }

    private static Sample present(Stage stage, Turns turn, Round round, String name)
        throws InterruptedException {
      return stage.present(turn.course(), round, new Pace.Closed(), name);
    }

    private Findings findings(List<Turns> turns, Plan plan, List<Slip> hot, int clients) {
      Findings findings = new Findings();
      findings.table(
          "way",
          "slips",
          "lines/s acknowledged",
          "lines/s until readable",
          "p50 ms",
          "p99 ms",
          "p99.9 ms",
          "most ms");
      for (Turns turn : turns) {
        row(findings, turn.way(), "spread", turn.spread());
        row(findings, turn.way(), "of one venue", turn.hot());
      }
      findings.table("one venue / spread, round by round", "acknowledged", "until readable");
      for (Turns turn : turns) {
        findings.row(
            turn.way(),
            turn.ratio(Sample::acknowledgedRate).text("%.2f"),
            turn.ratio(Sample::drainedRate).text("%.2f"));
      }
      findings.line("Median of the rounds (least–most).");
      tellContest(findings, plan, hot, clients);
      for (Turns turn : turns) {
        if (!Through.byHand(turn.way())) {
          findings.atLeast(
              turn.way() + ": one venue / spread, until readable",
              turn.ratio(Sample::drainedRate).median(),
              leastRatio,
              "");
        }
        findings.reconciled(turn.course().reconcile());
      }
      return findings;
    }

    /** That each was given to one is among the faults of what does not reconcile. */
    private static void tellContest(Findings findings, Plan plan, List<Slip> hot, int clients) {
      long contested =
          hot.stream()
              .flatMapToLong(slip -> Arrays.stream(slip.serials()).limit(slip.contested()))
              .distinct()
              .count();
      findings.must(
          contested > 0 || clients == 1,
          "%d cheques were wanted by all clients at once".formatted(contested));
      List<String> venues =
          hot.stream().map(slip -> plan.venues().get(slip.venue())).distinct().toList();
      List<String> agreements = plan.agreementsOf(hot.stream());
      findings.must(
          venues.size() == 1 && agreements.size() == 1,
          "one venue is %s, its cheques are of %s".formatted(venues, agreements));
    }

    private static void row(Findings findings, String way, String slips, List<Sample> samples) {
      Histogram latency = Bounds.latency(samples);
      findings.row(
          way,
          slips,
          Spread.of(samples, Sample::acknowledgedRate).text("%.0f"),
          Spread.of(samples, Sample::drainedRate).text("%.0f"),
          Millis.at(latency, 50),
          Millis.at(latency, 99),
          Millis.at(latency, 99.9),
          Millis.at(latency, 100));
    }
  }
}
