package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Desk;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Reconciliation;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The same load for long: nothing that the application holds may grow by it. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Slips arrive over HTTP at a stated rate for long. Regularly the application's heap is"
          + " collected and looked at, with its resident memory, open files and threads.",
      "Prints each look. Exits with 1 if the line through the last two thirds of the looks rises"
          + " by more than the bounds, or the books do not reconcile."
    })
public final class Soak implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--minutes",
      defaultValue = "30",
      paramLabel = "<min>",
      description = "Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Mixin private LineRate rate;

  @Option(
      names = "--look-every",
      defaultValue = "10",
      paramLabel = "<s>",
      description =
          "Seconds between two looks. A look collects the whole heap, which a slip may meet."
              + " Default: ${DEFAULT-VALUE}.")
  private double lookEverySeconds;

  @Mixin private Growing bounds;

  /** By how much the line through the last two thirds of the looks may rise. */
  static final class Growing {
    @Option(
        names = "--bytes-a-line",
        defaultValue = "44",
        paramLabel = "<n>",
        description =
            "Of heap that the application must keep of a redeemed line whose cheque was issued and"
                + " handed out before; taken off the heap's growth. Default: ${DEFAULT-VALUE}, as a"
                + " soak at 4000 lines/s printed it.")
    private double bytesOfLine;

    @Option(
        names = "--most-heap-growth",
        defaultValue = "10",
        paramLabel = "<MB>",
        description = "Beside what registers must keep. Default: ${DEFAULT-VALUE}.")
    private double heapMegabytes;

    @Option(
        names = "--most-resident-growth",
        defaultValue = "10",
        paramLabel = "<MB>",
        description =
            "Of the process's memory, beside what registers must keep: garbage, what lies outside"
                + " the heap. Default: ${DEFAULT-VALUE}.")
    private double residentMegabytes;

    @Option(
        names = "--most-file-growth",
        defaultValue = "20",
        paramLabel = "<n>",
        description = "Of open files, connections among them. Default: ${DEFAULT-VALUE}.")
    private double files;

    @Option(
        names = "--most-thread-growth",
        defaultValue = "10",
        paramLabel = "<n>",
        description = "Default: ${DEFAULT-VALUE}.")
    private double threads;

    /** For picocli, which sets the options. */
    Growing() {}

    Growing(
        double bytesOfLine,
        double heapMegabytes,
        double residentMegabytes,
        double files,
        double threads) {
      this.bytesOfLine = bytesOfLine;
      this.heapMegabytes = heapMegabytes;
      this.residentMegabytes = residentMegabytes;
      this.files = files;
      this.threads = threads;
    }

    /**
     * @param linesPerSecond that were recorded
     * @param seconds for which they were: none came after
     */
    void check(List<Vitals> looks, double linesPerSecond, double seconds, Findings findings) {
      double lines = linesPerSecond * Vitals.risen(looks, look -> Math.min(look.second(), seconds));
      double kept = lines * bytesOfLine / MEGABYTE;
      double heap = Vitals.risen(looks, Vitals::heapBytes) / MEGABYTE;
      findings.line(
          "During the last two thirds of the looks %.0f lines were recorded, of which registers"
              + " must keep %.1f MB (%.0f bytes each); the line through the heap rose by %.1f MB,"
              + " %.0f bytes a line.",
          lines, kept, bytesOfLine, heap, heap * MEGABYTE / lines);
      String later = ": rise over the last two thirds";
      findings.atMost(
          "heap, but for what registers must keep" + later, heap - kept, heapMegabytes, " MB");
      findings.atMost(
          "resident memory, but for what registers must keep" + later,
          Vitals.risen(looks, Vitals::residentBytes) / MEGABYTE - kept,
          residentMegabytes,
          " MB");
      findings.atMost("open files" + later, Vitals.risen(looks, Vitals::files), files, "");
      findings.atMost("threads" + later, Vitals.risen(looks, Vitals::threads), threads, "");
    }
  }

  private static final double MEGABYTE = 1 << 20;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Soak() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(minutes > 0, "--minutes", "more than 0");
    rate.check(terminal);
    terminal.require(lookEverySeconds > 0, "--look-every", "more than 0");
    terminal.require(
        minutes * 60 >= Played.LEAST_LOOKS * lookEverySeconds,
        "--minutes",
        "enough for %d looks, with one every %s s".formatted(Played.LEAST_LOOKS, lookEverySeconds));
    return staging.play(terminal, new Played(minutes * 60, rate, lookEverySeconds, bounds));
  }

  /** The scenario with its settings. */
  record Played(double seconds, LineRate rate, double lookEverySeconds, Growing bounds)
      implements Staging.Scenario {
    /** That tell a rise. */
    private static final int LEAST_LOOKS = 4;

    @Override
    public String title() {
      return "The same load for long";
    }

    @Override
    public String how() {
      return """
      For %.0f s slips of real sizes (42 lines in the mean) arrive over HTTP at %.0f lines/s, due at fixed times whatever became of those before. Every %.1f s the application's whole heap is collected (jcmd GC.run), then what is left of it, its open files and its threads are read from its metrics, and from the system the memory that the process has. The first third of the looks is left out: code is compiled and caches are filled then. Through the rest a line is laid (least squares), and what it rises by from the first of them to the last is what was grown by. From that of heap and resident memory is taken what registers must keep of the lines that were recorded meanwhile.\
      """
          .formatted(seconds, rate.lines(), lookEverySeconds);
    }

    @Override
    public List<Shape> shapes() {
      return List.of(rate.slips(seconds));
    }

    @Override
    public List<Through> through() {
      return List.of(Through.http);
    }

    @Override
    public Findings play(Stage stage, List<Round> rounds) throws IOException, InterruptedException {
      Course course = stage.course(Through.http);
      List<Vitals> looks = new ArrayList<>();
      Sample sample;
      try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
          ExecutorService presenter = Executors.newSingleThreadExecutor()) {
        Desk auditor =
            Desk.open(
                http, stage.root(), stage.accounts(Through.http), "soak-auditor", Role.AUDITOR, "");
        Future<Sample> presenting =
            presenter.submit(() -> stage.present(course, rounds.getFirst(), rate.pace(), "soak"));
        long start = System.nanoTime();
        try {
          // On a machine so busy that the slips are over before, looks are taken all the same.
          while (!isOver(presenting) || looks.size() < LEAST_LOOKS) {
            stage.http().collectGarbage();
            looks.add(
                Vitals.of((System.nanoTime() - start) / 1e9, auditor.get("/actuator/prometheus"))
                    .resident(stage.http().residentBytes()));
            tell(stage, looks.getLast());
          }
        } catch (IOException | RuntimeException e) {
          // Nobody waits for half an hour to hear of it.
          presenting.cancel(true);
          throw e;
        }
        sample = presenting.resultNow();
      }
      return findings(looks, sample, course.reconcile());
    }

    /** Waits until the next look is due, or all slips were presented. */
    private boolean isOver(Future<Sample> presenting) throws InterruptedException {
      try {
        presenting.get((long) (lookEverySeconds * 1_000), TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        return false;
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }

    private static void tell(Stage stage, Vitals look) {
      stage.say(
          "%5.0f s: heap %.1f MB, resident %.0f MB, %.0f open files, %.0f threads",
          look.second(),
          look.heapBytes() / MEGABYTE,
          look.residentBytes() / MEGABYTE,
          look.files(),
          look.threads());
    }

    private Findings findings(List<Vitals> looks, Sample sample, Reconciliation books) {
      Findings findings = new Findings();
      findings.table("", "curve", "least", "most");
      curve(findings, looks, "heap MB, collected", look -> look.heapBytes() / MEGABYTE);
      curve(findings, looks, "resident MB", look -> look.residentBytes() / MEGABYTE);
      curve(findings, looks, "open files", Vitals::files);
      curve(findings, looks, "threads", Vitals::threads);
      findings.table("after", "heap MB, collected", "resident MB", "open files", "threads");
      for (Vitals look : looks) {
        findings.row(
            Duration.ofSeconds((long) look.second())
                .toString()
                .substring(2)
                .toLowerCase(Locale.ROOT),
            String.format(Locale.ROOT, "%.1f", look.heapBytes() / MEGABYTE),
            String.format(Locale.ROOT, "%.0f", look.residentBytes() / MEGABYTE),
            (long) look.files(),
            (long) look.threads());
      }
      findings.line(
          "%d lines in %d requests, %.0f lines/s acknowledged.",
          sample.lines(), sample.requests(), sample.acknowledgedRate());
      bounds.check(looks, sample.acknowledgedRate(), sample.acknowledgedNanos() / 1e9, findings);
      findings.reconciled(books);
      return findings;
    }

    private static void curve(
        Findings findings, List<Vitals> looks, String what, ToDoubleFunction<Vitals> of) {
      double[] values = looks.stream().mapToDouble(of).toArray();
      findings.row(
          what,
          "`%s`".formatted(Curve.of(values)),
          String.format(Locale.ROOT, "%.1f", Arrays.stream(values).min().orElse(0)),
          String.format(Locale.ROOT, "%.1f", Arrays.stream(values).max().orElse(0)));
    }
  }
}
