package fr.passnumerique.loadtest.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.ApplicationProcess;
import fr.passnumerique.loadtest.peak.Cost;
import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.HttpWay;
import fr.passnumerique.loadtest.peak.Load;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Reconciliation;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Slip;
import fr.passnumerique.loadtest.peak.SlipRequests;
import fr.passnumerique.loadtest.peak.SlipSender;
import fr.passnumerique.loadtest.peak.Spread;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import fr.passnumerique.loadtest.peak.Way.Answer;
import fr.passnumerique.loadtest.scenario.TimedApplication.Moment;
import fr.passnumerique.loadtest.scenario.TimedApplication.Said;
import fr.passnumerique.projections.broker.JavaProgram;
import fr.passnumerique.ui.install.ClassCache;
import fr.passnumerique.ui.install.Installation;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From the start of the application's process to the first slip that it accepts. */
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fills a ledger with redeemed lines, then starts the application on it again and again, each"
          + " time a new process, and presents a slip over HTTP until it is accepted. From"
          + " loadtest.jar the application is installed first, with its class cache, and once"
          + " started without for comparison.",
      "Prints how long that took and where the time went: Java, Spring, the database, the"
          + " registers' fold, or the reading of their snapshot; and what heap and disk the ledger"
          + " takes. Exits with 1 if it is out of its bound or the books do not reconcile."
    })
public final class Restart implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--lines",
      defaultValue = "1000000",
      paramLabel = "<n>",
      description =
          "Redeemed lines in the ledger, within a few per cent. Default: ${DEFAULT-VALUE}.")
  private long lines;

  @Option(
      names = "--lines-of-slip",
      defaultValue = "42",
      paramLabel = "<n>",
      description = "Default: ${DEFAULT-VALUE}.")
  private int linesOfSlip;

  @Option(
      names = "--restarts",
      defaultValue = "5",
      paramLabel = "<n>",
      description = "Default: ${DEFAULT-VALUE}.")
  private int restarts;

  @Option(
      names = "--most-seconds",
      defaultValue = "5",
      paramLabel = "<s>",
      description = "Within which the first slip is to be accepted. Default: ${DEFAULT-VALUE}.")
  private double mostSeconds;

  @Option(
      names = "--behind",
      defaultValue = "20000",
      paramLabel = "<n>",
      description =
          "Slips presented after the last snapshot, before the application is killed (kill -9) and"
              + " started once more: a running node writes one every 20000 facts at the most, once"
              + " it has a quiet moment. 0: it is not killed. Default: ${DEFAULT-VALUE}.")
  private int behind;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Restart() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(lines >= 1, "--lines", "1 or more");
    terminal.require(linesOfSlip >= 1 && linesOfSlip <= 1_000, "--lines-of-slip", "1 to 1000");
    terminal.require(restarts >= 1, "--restarts", "1 or more");
    terminal.require(behind >= 0, "--behind", "0 or more");
    return staging.play(terminal, new Played(lines, linesOfSlip, restarts, mostSeconds, behind));
  }

  /**
   * One start.
   *
   * @param begun milliseconds since 1970, before the process was asked for
   * @param accepted when the answer to the first slip was here
   * @param snapshotMillis that it read its registers' snapshot; {@link Played#FOLDED} if there was
   *     none
   * @param processorMillis that the process had used by then
   * @param heapBytes left after a full collection, with its projections caught up
   */
  private record Start(
      long begun,
      Map<Moment, Said> moments,
      long accepted,
      long snapshotMillis,
      long processorMillis,
      double heapBytes) {
    double between(Moment from, Moment to) {
      return said(to).at() - said(from).at();
    }

    double processorBetween(Moment from, Moment to) {
      return said(to).processorMillis() - said(from).processorMillis();
    }

    private Said said(Moment moment) {
      Said said = moments.get(moment);
      if (said == null) {
        throw new IllegalStateException("the application has not said when it was " + moment);
      }
      return said;
    }

    double untilMain() {
      return said(Moment.MAIN).at() - begun;
    }

    double untilAccepted() {
      return accepted - (double) Math.max(said(Moment.WRITING).at(), said(Moment.LISTENING).at());
    }

    double all() {
      return accepted - begun;
    }
  }

  /** The scenario with its settings. */
  record Played(long lines, int linesOfSlip, int restarts, double mostSeconds, int behind)
      implements Staging.Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long FOLDED = 0;

    /** As fast as an application takes them that was just started. */
    private static final int BEHIND_PER_SECOND = 500;

    private static final int MOST_CONNECTIONS = 100;

    private static final Pattern SNAPSHOT =
        Pattern.compile("(?m)^ledger_snapshot_read_seconds_sum(?:\\{.*})? (\\S+)$");

    @Override
    public String title() {
      return "Restart to the first accepted slip";
    }

    @Override
    public String how() {
      return """
      The ledger is filled through the command bus, with slips of %d lines. Then the application is installed as an operator does, from where it starts with a class cache (from class directories it cannot be), which is not counted; it is started as a process of its own, and from then on one client presents a slip over HTTP until it is accepted; then it is stopped as a supervisor does, with its projections caught up. The first start folds everything: the node that filled the ledger has not all registers of an application, and leaves it no snapshot of them. Each of the %d after it goes on from the snapshot that the one before wrote when it was stopped, as in production. At the last of these %d slips more are presented over HTTP, then it is killed (kill -9): the start after that goes on from the snapshot of before and folds what came since, the most that a kill leaves where the load has quiet moments. One at last is without the class cache. Counted from before the process is asked for; processor time is that of all its threads, which compile too, but for the fold that of its thread: a snapshot is read by another, which begins before the ledger's node is there. The database server runs all the time: its own start is not in these times. Registers are folded in the background from when the ledger's node is there, while Spring goes on with the rest: these two overlap.\
      """
          .formatted(linesOfSlip, restarts, behind);
    }

    @Override
    public List<Shape> shapes() {
      List<Shape> shapes = new ArrayList<>(Filling.shapes(lines, linesOfSlip));
      shapes.add(Shape.of(1 + restarts + killed() + startsBeside(), linesOfSlip));
      if (behind > 0) {
        // Half as many again: those that tell of another slip's cheques are left out.
        shapes.add(Shape.of(behind + behind / 2, linesOfSlip));
      }
      return shapes;
    }

    private int killed() {
      return behind > 0 ? 1 : 0;
    }

    /** Without class cache, beside those that have one. */
    private static int startsBeside() {
      return JavaProgram.executableJar().isPresent() ? 1 : 0;
    }

    @Override
    public List<Through> through() {
      return List.of(Through.bus);
    }

    @Override
    public Findings play(Stage stage, List<Round> rounds)
        throws IOException, SQLException, InterruptedException {
      Course course = stage.course(Through.bus);
      stage.say("filling the ledger");
      int filling = rounds.size() - 1 - killed();
      Filling.present(course, rounds.subList(0, filling));
      // Another node would be elected, and the application would stand by.
      course.way().close();
      long redeemed = course.way().books().accepted();
      stage.say("%d redeemed lines", redeemed);
      SlipRequests requests = stage.requests(Through.bus);
      Optional<Installation> installation = stage.installation();
      if (installation.isEmpty()) {
        stage.say("no class cache is made: for one call java -jar loadtest/target/loadtest.jar");
      }
      String main = TimedApplication.class.getName();
      List<String> plainly = ApplicationProcess.command(main);
      List<String> installed =
          installation.map(it -> it.command(Machine.options(), main)).orElse(plainly);
      List<Slip> slips = rounds.get(filling).all().toList();
      List<Start> all = new ArrayList<>();
      try (HttpClient http = HttpClient.newHttpClient()) {
        for (Slip slip : slips) {
          int number = all.size();
          boolean plain = number == 1 + restarts + killed();
          Optional<Round> thenKilled =
              number == restarts && behind > 0 ? Optional.of(rounds.getLast()) : Optional.empty();
          Start start =
              start(stage, course, requests, http, slip, plain ? plainly : installed, thenKilled);
          all.add(start);
          stage.say(
              "start %d%s: first slip accepted after %.2f s, %.2f s of a processor",
              all.size(),
              plain ? ", without class cache" : number > restarts ? ", after a kill" : "",
              start.all() / 1e3,
              start.processorMillis() / 1e3);
        }
      }
      List<Start> starts = all.subList(0, 1 + restarts);
      List<Start> afterKill = all.subList(1 + restarts, 1 + restarts + killed());
      List<Start> plainStarts = all.subList(1 + restarts + killed(), all.size());
      Findings findings = new Findings();
      String with =
          installation.isPresent() ? "as installed, with its class cache" : "from classes";
      tell(findings, redeemed, with + ", everything folded", starts.subList(0, 1));
      List<Start> after = starts.subList(1, starts.size());
      tell(findings, redeemed, with + ", from a snapshot of registers", after);
      if (!afterKill.isEmpty()) {
        tell(
            findings,
            redeemed,
            "%s, after a kill, from a snapshot %d slips behind".formatted(with, behind),
            afterKill);
        findings.atMost(
            "first accepted slip after a kill, %d slips behind".formatted(behind),
            afterKill.getFirst().all() / 1e3,
            mostSeconds,
            " s");
      }
      if (!plainStarts.isEmpty()) {
        tell(findings, redeemed, "without class cache, from a snapshot of registers", plainStarts);
      }
      findings.must(
          all.stream().skip(1).allMatch(start -> start.snapshotMillis() != FOLDED),
          "every start but the first went on from a snapshot");
      Disk.of(stage.server().superuser(Through.bus.name())).tell(findings, redeemed);
      judge(findings, after, course.reconcile());
      return findings;
    }

    private Start start(
        Stage stage,
        Course course,
        SlipRequests requests,
        HttpClient http,
        Slip slip,
        List<String> command,
        Optional<Round> thenKilled)
        throws IOException, InterruptedException {
      long begun = System.currentTimeMillis();
      long from = System.nanoTime();
      try (ApplicationProcess application = stage.application(Through.bus, command)) {
        HttpRequest request = requests.of(application.root(), slip, PATIENCE);
        Answer answer = null;
        while (answer == null) {
          application.requireStarting(from + PATIENCE.toNanos());
          try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() == 201 || response.statusCode() == 200) {
              answer = HttpWay.answer(response.body());
            }
          } catch (IOException e) {
            // Nobody listens yet.
          }
          if (answer == null) {
            Thread.sleep(1);
          }
        }
        long accepted = System.currentTimeMillis();
        long processorMillis = application.nanos() / 1_000_000;
        List<String> log = application.log();
        ClassCache cache = TimedApplication.cache(log);
        if (cache == ClassCache.DOES_NOT_FIT) {
          throw new IllegalStateException(
              "the class cache was made for this start, and Java does not use it; its log begins"
                  + " with:\n"
                  + String.join("\n", log.subList(0, Math.min(10, log.size()))));
        }
        course.known(sample(slip, answer, System.nanoTime() - from), List.of(slip));
        course.way().drain();
        byte[] metrics =
            application.metrics(
                http, stage.accounts(Through.bus), "restart-auditor-" + slip.number());
        if (thenKilled.isPresent()) {
          present(stage, course, requests, application, thenKilled.get());
          application.kill();
        }
        return new Start(
            begun,
            TimedApplication.read(log),
            accepted,
            snapshotMillis(metrics),
            processorMillis,
            Vitals.of(0, metrics).heapBytes());
      }
    }

    /** So many more that its last snapshot is behind. */
    private void present(
        Stage stage,
        Course course,
        SlipRequests requests,
        ApplicationProcess application,
        Round round) {
      List<Slip> arriving = PatientVenues.inTurn(round.byClient(), behind);
      stage.say("%d slips more, then kill -9", arriving.size());
      try (SlipSender sender = new SlipSender(application.root(), requests, MOST_CONNECTIONS)) {
        PatientVenues.Came came =
            PatientVenues.present(sender, requests, arriving, BEHIND_PER_SECOND);
        course.known(came.sample(Through.bus.name(), round, arriving), arriving);
      }
    }

    private static long snapshotMillis(byte[] metrics) {
      Matcher seconds = SNAPSHOT.matcher(new String(metrics, UTF_8));
      return seconds.find() ? Math.round(Double.parseDouble(seconds.group(1)) * 1e3) : FOLDED;
    }

    private static Sample sample(Slip slip, Answer answer, long nanos) {
      List<String> faults =
          answer.verdicts().equals(List.of(slip.expected()))
              ? List.of()
              : List.of("slip %d was told %s".formatted(slip.number(), answer.verdicts()));
      return new Sample(
          "bus",
          0,
          1,
          answer.already() ? 1 : 0,
          slip.lines(),
          answer.verdicts().stream().filter(verdict -> verdict == Verdict.ACCEPTED).count(),
          answer.acceptedCents(),
          nanos,
          nanos,
          new Histogram(Load.DIGITS),
          new Histogram(Load.DIGITS),
          Cost.NOTHING,
          faults);
    }

    private static void tell(Findings findings, long redeemed, String how, List<Start> starts) {
      findings.table("%d redeemed lines, %s".formatted(redeemed, how), "ms", "processor ms");
      row(
          findings,
          starts,
          "Java, until its main class runs",
          Start::untilMain,
          s -> s.said(Moment.MAIN).processorMillis());
      between(
          findings,
          starts,
          "Spring, until it asks for the database",
          Moment.MAIN,
          Moment.DATABASE_ASKED_FOR);
      between(
          findings,
          starts,
          "database: connected, migrations checked",
          Moment.DATABASE_ASKED_FOR,
          Moment.DATABASE_OPEN);
      between(
          findings,
          starts,
          "Spring, until the ledger's node is there",
          Moment.DATABASE_OPEN,
          Moment.NODE_STARTED);
      row(
          findings,
          starts,
          "registers folded and elected, beside Spring",
          s -> s.between(Moment.NODE_STARTED, Moment.WRITING),
          s -> s.said(Moment.WRITING).processorMillis());
      findings.row(
          "the snapshot read, beside Spring",
          Spread.of(starts, Start::snapshotMillis).text("%.0f"),
          "");
      between(
          findings,
          starts,
          "Spring, from there until it listens, with what of the fold is beside it",
          Moment.NODE_STARTED,
          Moment.LISTENING);
      findings.row(
          "from both until the first slip is accepted",
          Spread.of(starts, Start::untilAccepted).text("%.0f"),
          "");
      row(findings, starts, "**all**", Start::all, Start::processorMillis);
      findings.line("Median of %d starts (least–most).", starts.size());
      if (starts.getFirst().snapshotMillis() == FOLDED) {
        double fold = Spread.of(starts, s -> s.said(Moment.WRITING).processorMillis()).median();
        findings.line(
            "Registers took %.2f µs of a processor a line: what they take grows with the ledger,"
                + " the rest does not.",
            fold * 1e3 / redeemed);
      }
      findings.line(
          "Heap of the application after a full collection, MB: %s. Of the ledger's growth it holds"
              + " the registers; projections are rows.",
          Spread.of(starts, start -> start.heapBytes() / 1e6).text("%.1f"));
    }

    private void judge(Findings findings, List<Start> starts, Reconciliation books) {
      findings.atMost(
          "first accepted slip, median",
          Spread.of(starts, Start::all).median() / 1e3,
          mostSeconds,
          " s");
      findings.reconciled(books);
    }

    private static void between(
        Findings findings, List<Start> starts, String what, Moment from, Moment to) {
      row(
          findings,
          starts,
          what,
          start -> start.between(from, to),
          start -> start.processorBetween(from, to));
    }

    private static void row(
        Findings findings,
        List<Start> starts,
        String what,
        ToDoubleFunction<Start> millis,
        ToDoubleFunction<Start> processorMillis) {
      findings.row(
          what,
          Spread.of(starts, millis).text("%.0f"),
          Spread.of(starts, processorMillis).text("%.0f"));
    }
  }
}
