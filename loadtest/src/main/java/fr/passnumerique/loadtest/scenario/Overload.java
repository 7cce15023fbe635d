package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Cost;
import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Millis;
import fr.passnumerique.loadtest.peak.Pace;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Reconciliation;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Slip;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import fr.passnumerique.loadtest.scenario.PatientVenues.Came;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** More slips than can be taken. */
@Command(
    name = "overload",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures over HTTP the most that the application takes, then lets several times as many"
          + " slips arrive, whatever becomes of those before. Whoever is refused comes again when"
          + " told to, until taken.",
      "Prints how long accepted requests and refusals took, beside what a request took at the most."
          + " Exits with 1 if p99 of the accepted ones or how many were taken meanwhile is out of"
          + " its bounds, more were taken than the most, an answer was neither 200 nor 201 nor 429"
          + " with Retry-After, or the books do not reconcile."
    })
public final class Overload implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--times",
      defaultValue = "3",
      paramLabel = "<n>",
      description = "Slips arrive at so many times the most. Default: ${DEFAULT-VALUE}.")
  private double times;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      paramLabel = "<s>",
      description = "For so long, or until --slips are used up. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--slips",
      defaultValue = "120000",
      paramLabel = "<n>",
      description = "Prepared to arrive, at most. Default: ${DEFAULT-VALUE}.")
  private int slips;

  @Option(
      names = "--measured",
      defaultValue = "12000",
      paramLabel = "<n>",
      description =
          "Slips of a round, by the last of which the most is measured. Default: ${DEFAULT-VALUE}.")
  private int measured;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      paramLabel = "<n>",
      description =
          "Rounds before, which do not count, at most: fewer where two in turn come to the same"
              + " rate, within a twentieth. Java compiles what it runs often. Default:"
              + " ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--lines",
      defaultValue = "42",
      paramLabel = "<n>",
      description = "Of a slip. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Mixin private Kept kept;

  /** Two rates that are this close, as a share of the greater, are the same. */
  private static final double SAME = 0.05;

  /** What accepted work keeps of how it went before there was too much. */
  static final class Kept {
    @Option(
        names = "--most-p99",
        defaultValue = "1000",
        paramLabel = "<ms>",
        description =
            "99 of 100 requests that are accepted are to be answered within this time. Default:"
                + " ${DEFAULT-VALUE}.")
    private double mostP99Millis;

    @Option(
        names = "--most-p99-times",
        defaultValue = "8",
        paramLabel = "<n>",
        description =
            "And within so many times p99 of the closed loop. Twice as many may be at work as there"
                + " were clients then, on what of the processors is left by those who send and are"
                + " refused. Default: ${DEFAULT-VALUE}.")
    private double mostP99Times;

    @Option(
        names = "--least-taken",
        defaultValue = "0.7",
        paramLabel = "<r>",
        description =
            "While too many arrive, this much of the most is to be taken. Default:"
                + " ${DEFAULT-VALUE}.")
    private double leastTaken;

    @Option(
        names = "--most-taken",
        defaultValue = "1.05",
        paramLabel = "<r>",
        description =
            "And no more than this, else it was not the most that was measured before. Default:"
                + " ${DEFAULT-VALUE}.")
    private double mostTaken;

    /** For picocli, which sets the options. */
    Kept() {}

    Kept(double mostP99Millis, double mostP99Times, double leastTaken, double mostTaken) {
      this.mostP99Millis = mostP99Millis;
      this.mostP99Times = mostP99Times;
      this.leastTaken = leastTaken;
      this.mostTaken = mostTaken;
    }

    /**
     * @param before how long requests took at the most, in nanoseconds
     * @param during the same of accepted requests, while too many arrived
     * @param most slips a second
     * @param taken slips a second, while too many arrived
     */
    void check(Histogram before, Histogram during, double most, double taken, Findings findings) {
      double p99 = during.getValueAtPercentile(99) / 1e6;
      findings.atMost("p99 of accepted requests", p99, mostP99Millis, " ms");
      findings.atMost(
          "p99 of accepted requests / p99 at the most",
          p99 * 1e6 / before.getValueAtPercentile(99),
          mostP99Times,
          "");
      findings.atLeast("slips taken a second / the most", taken / most, leastTaken, "");
      findings.atMost(
          "slips taken a second / the most, if it was the most,", taken / most, mostTaken, "");
    }
  }

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Overload() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(times > 0, "--times", "more than 0");
    terminal.require(seconds > 0, "--seconds", "more than 0");
    terminal.require(slips >= 1, "--slips", "1 or more");
    terminal.require(measured >= 1, "--measured", "1 or more");
    terminal.require(warmUp >= 0, "--warm-up", "0 or more");
    terminal.require(lines >= 1 && lines <= 1_000, "--lines", "1 to 1000");
    return staging.play(terminal, new Played(times, seconds, slips, measured, warmUp, lines, kept));
  }

  /** The scenario with its settings. */
  record Played(
      double times, double seconds, int slips, int measured, int warmUp, int lines, Kept kept)
      implements Staging.Scenario {
    @Override
    public String title() {
      return "More slips than can be taken";
    }

    @Override
    public String how() {
      return """
      The most is measured by rounds of %d slips of %d lines in a closed loop over HTTP, each client sending its next slip when the last is answered, until two rounds in turn come to the same rate within a twentieth, or %d were; the last is the most. Then for %.0f s, or until %d are used up, slips arrive at %.1f times that rate, due at fixed times whatever became of those before. A slip that is refused (429) is sent again after as many seconds as Retry-After says, until it is taken; slips that tell of a cheque of another slip are left out, since that one may come later. The time of a request counts from when it is due, that of one that comes again from when it was told to come; besides it is told from when the slip was due first, which is how long its venue waits. That accepted work keeps its p99 is said of the request, not of the slip with its retries: whoever is refused knows it at once, and waits at home. In the closed loop as many requests are at work as there are clients, and none is late before it is sent. Clients and server share the machine.\
      """
          .formatted(measured, lines, warmUp + 1, seconds, slips, times);
    }

    @Override
    public List<Shape> shapes() {
      List<Shape> shapes =
          new ArrayList<>(Collections.nCopies(warmUp + 1, Shape.of(measured, lines)));
      shapes.add(Shape.of(slips, lines));
      return shapes;
    }

    @Override
    public List<Through> through() {
      return List.of(Through.http);
    }

    @Override
    public Findings play(Stage stage, List<Round> rounds) throws InterruptedException {
      Course course = stage.course(Through.http);
      List<Sample> closed = new ArrayList<>();
      for (Round round : rounds.subList(0, warmUp + 1)) {
        closed.add(stage.present(course, round, new Pace.Closed(), "most"));
        if (steady(closed.stream().map(Played::perSecond).toList())) {
          break;
        }
      }
      Sample most = closed.getLast();
      Round due = rounds.getLast();
      double perSecond = times * perSecond(most);
      List<Slip> arriving =
          PatientVenues.inTurn(
              due.byClient(), (int) Math.max(1, Math.min(slips, perSecond * seconds)));
      stage.say("%d slips at %.1f times the most", arriving.size(), times);
      Cost before = course.spent();
      Came came = PatientVenues.present(stage.http(), arriving, perSecond);
      Cost cost = course.spent().minus(before);
      course.way().drain();
      course.known(came.sample(Through.http.name(), due, arriving), arriving);
      return findings(closed, arriving.size(), came, cost, course.reconcile());
    }

    /**
     * Whether the last two come to the same.
     *
     * @param rates in their order
     */
    static boolean steady(List<Double> rates) {
      if (rates.size() < 2) {
        return false;
      }
      double one = rates.get(rates.size() - 2);
      double other = rates.getLast();
      return Math.abs(one - other) < SAME * Math.max(one, other);
    }

    private static double perSecond(Sample most) {
      return most.requests() * 1e9 / most.acknowledgedNanos();
    }

    /**
     * @param before rounds of the closed loop, of which the last is the most
     */
    private Findings findings(
        List<Sample> before, int arrived, Came came, Cost cost, Reconciliation books) {
      Sample most = before.getLast();
      Findings findings = new Findings();
      findings.table("", "requests", "p50 ms", "p99 ms", "most ms");
      row(findings, "at the most, closed loop", most.latency());
      row(findings, "accepted, from when the request was due", came.answered());
      row(findings, "accepted, from when the slip was due first", came.sinceDue());
      row(findings, "refused (429)", came.refusing());
      row(findings, "of both: late when it was sent, by the clients", came.late());
      double mostPerSecond = perSecond(most);
      double dueSeconds = Math.max(1, came.lastDue() - came.start()) / 1e9;
      double takenPerSecond = came.takenWhileDue() / dueSeconds;
      findings.line(
          "The most: %.0f slips/s, after %s in the rounds before. Then %d slips were due in %.1f s,"
              + " %.0f a second; meanwhile %.0f a second were taken, and all after %.1f s. Refused"
              + " were %d requests, %.2f for each slip.",
          mostPerSecond,
          before.size() == 1
              ? "none"
              : before.subList(0, before.size() - 1).stream()
                  .map(sample -> "%.0f".formatted(perSecond(sample)))
                  .collect(Collectors.joining(", ")),
          arrived,
          dueSeconds,
          arrived / dueSeconds,
          takenPerSecond,
          (came.end() - came.start()) / 1e9,
          came.refused(),
          (double) came.refused() / arrived);
      findings.line(
          "Of %.1f s of each processor the clients used %.1f s, the application %.1f s, the"
              + " database %.1f s.",
          (came.end() - came.start()) / 1e9,
          cost.clientNanos() / 1e9,
          cost.applicationNanos() / 1e9,
          cost.serverNanos() / 1e9);
      kept.check(most.latency(), came.answered(), mostPerSecond, takenPerSecond, findings);
      findings.must(
          came.refusedWithoutTime() == 0,
          "%d of %d refusals did not say when to come again"
              .formatted(came.refusedWithoutTime(), came.refused()));
      findings.must(
          came.strange().isEmpty(),
          came.strange().isEmpty()
              ? "every request was answered 200, 201 or 429"
              : "answered otherwise: " + String.join("; ", came.strange()));
      findings.must(
          came.taken().size() == arrived,
          "%d slips of %d were taken".formatted(came.taken().size(), arrived));
      findings.reconciled(books);
      return findings;
    }

    private static void row(Findings findings, String what, Histogram nanos) {
      findings.row(
          what,
          nanos.getTotalCount(),
          Millis.at(nanos, 50),
          Millis.at(nanos, 99),
          Millis.at(nanos, 100));
    }
  }
}
