package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Bounds;
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
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A day on which everything happens at once. */
@Command(
    name = "mixed",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Slips, hand-outs and questions arrive over HTTP at stated rates, whatever becomes of those"
          + " before; meanwhile two clerks settle what was accepted the day before, and one"
          + " projection after the other is folded anew.",
      "Prints how long each kind of request took. Exits with 1 if one fails, slips or the"
          + " projections' lag are out of their bounds, or the books do not reconcile."
    })
public final class Mixed implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      paramLabel = "<s>",
      description = "Default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Mixin private LineRate rate;

  @Option(
      names = "--hand-outs-per-second",
      defaultValue = "10",
      paramLabel = "<n>",
      description = "Of a carnet each. Default: ${DEFAULT-VALUE}.")
  private double handOutsPerSecond;

  @Option(
      names = "--queries-per-second",
      defaultValue = "20",
      paramLabel = "<n>",
      description = "Of six kinds in turn. Default: ${DEFAULT-VALUE}.")
  private double queriesPerSecond;

  @Option(
      names = "--slips-before",
      defaultValue = "1000",
      paramLabel = "<n>",
      description =
          "Accepted the day before, to be paid by the settlement. Default: ${DEFAULT-VALUE}.")
  private int slipsBefore;

  @Mixin private Bounds bounds;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Mixed() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(seconds >= 1, "--seconds", "1 or more");
    rate.check(terminal);
    terminal.require(handOutsPerSecond > 0, "--hand-outs-per-second", "more than 0");
    terminal.require(queriesPerSecond > 0, "--queries-per-second", "more than 0");
    terminal.require(slipsBefore >= 1, "--slips-before", "1 or more");
    return staging.play(
        terminal,
        new Played(seconds, rate, handOutsPerSecond, queriesPerSecond, slipsBefore, bounds));
  }

  /** The scenario with its settings. */
  record Played(
      int seconds,
      LineRate rate,
      double handOutsPerSecond,
      double queriesPerSecond,
      int slipsBefore,
      Bounds bounds)
      implements Staging.Scenario {
    private static final String RUN = "mixed-run";
    private static final List<String> REBUILT = List.of("accounts", "claims");

    /** Who may wait for an answer at once, for each kind that arrives at a rate. */
    private static final int HANDS = 4;

    @Override
    public String title() {
      return "Everything at once";
    }

    @Override
    public String how() {
      return """
      For %d s slips of real sizes (42 lines in the mean) arrive over HTTP at %.0f lines/s, hand-outs of a carnet at %.1f/s and questions of six kinds at %.1f/s, each due at fixed times whatever became of those before; latency counts from then. A tenth of the time after the start a settlement of %d slips of the day before is opened, released by another clerk, and its file downloaded; from the start, projections (%s) are folded anew one after the other, a rebuild lasting until it is switched in.\
      """
          .formatted(
              seconds,
              rate.lines(),
              handOutsPerSecond,
              queriesPerSecond,
              slipsBefore,
              String.join(", ", REBUILT));
    }

    @Override
    public List<Shape> shapes() {
      return List.of(Shape.ofRealSizes(slipsBefore).dayBefore(), rate.slips(seconds));
    }

    @Override
    public List<Through> through() {
      return List.of(Through.http);
    }

    @Override
    public Findings play(Stage stage, List<Round> rounds) throws IOException, InterruptedException {
      try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        Course course = stage.course(Through.http);
        Office office =
            new Office("mixed", stage.plan(), http, stage.root(), stage.accounts(Through.http));
        List<Slip> before = rounds.getFirst().all().toList();
        stage.say("cheques to hand out, and accounts of venues");
        Office.Stock stock = office.stock(handOuts());
        for (int venue : new TreeSet<>(before.stream().map(Slip::venue).toList())) {
          office.openAccount(stage.plan().venues().get(venue), venue);
        }
        stage.say("everything at once");
        Kinds kinds = new Kinds();
        AtomicLong paid = new AtomicLong();
        Sample slips;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
          long start = System.nanoTime();
          List<Future<?>> all = new ArrayList<>();
          Future<Sample> presenting =
              threads.submit(() -> stage.present(course, rounds.getLast(), rate.pace(), "slips"));
          for (int hand = 0; hand < HANDS; hand++) {
            int first = hand;
            all.add(
                submit(
                    threads,
                    () ->
                        arrive(
                            start,
                            first,
                            handOuts(),
                            handOutsPerSecond,
                            (due, n) -> kinds.time("hand-out", due, () -> stock.handOut(n + 1)))));
            all.add(
                submit(
                    threads,
                    () ->
                        arrive(
                            start,
                            first,
                            (int) (queriesPerSecond * seconds),
                            queriesPerSecond,
                            (due, n) -> ask(office, before, kinds, due, n))));
          }
          all.add(submit(threads, () -> settle(office, kinds, paid, start)));
          all.add(submit(threads, () -> rebuild(office, kinds, start)));
          slips = presenting.get();
          for (Future<?> one : all) {
            one.get();
          }
        } catch (ExecutionException e) {
          throw new IllegalStateException(e.getCause());
        }
        course.way().drain();
        kinds.add("slip", slips.latency());
        return findings(kinds, slips, paid.get(), course.reconcile());
      }
    }

    private interface Work {
      void run() throws InterruptedException;
    }

    private static Future<?> submit(ExecutorService threads, Work work) {
      return threads.submit(
          () -> {
            work.run();
            return 0;
          });
    }

    private int handOuts() {
      return (int) Math.max(1, handOutsPerSecond * seconds);
    }

    /** What is done when the nth of a kind is due. */
    private interface Due {
      void act(long due, int n) throws InterruptedException;
    }

    /** One of {@link #HANDS}, which take what is due in turn. */
    private static void arrive(long start, int first, int count, double perSecond, Due due)
        throws InterruptedException {
      for (int n = first; n < count; n += HANDS) {
        long at = start + (long) (n * 1e9 / perSecond);
        Pace.until(at);
        due.act(at, n);
      }
    }

    private static void ask(Office office, List<Slip> before, Kinds kinds, long due, int n)
        throws InterruptedException {
      List<Office.Question> questions = office.questions(accepted(before, n));
      Office.Question question = questions.get(n % questions.size());
      kinds.time("query: " + question.kind(), due, () -> office.look(question));
    }

    /** One whose first cheque was accepted, and so has a history. */
    private static Slip accepted(List<Slip> slips, int n) {
      for (int i = 0; i < slips.size(); i++) {
        Slip slip = slips.get((n + i) % slips.size());
        if (slip.expected()[0] == Verdict.ACCEPTED) {
          return slip;
        }
      }
      throw new IllegalStateException("no slip begins with an accepted line");
    }

    private void settle(Office office, Kinds kinds, AtomicLong paid, long start)
        throws InterruptedException {
      long due = start + seconds * 100_000_000L;
      Pace.until(due);
      kinds.time("settlement: opened", System.nanoTime(), () -> paid.set(office.openRun(RUN)));
      kinds.time("settlement: released", System.nanoTime(), () -> office.release(RUN));
      kinds.time("settlement: file", System.nanoTime(), () -> office.downloadFile(RUN));
    }

    private void rebuild(Office office, Kinds kinds, long start) throws InterruptedException {
      for (int n = 0; n == 0 || System.nanoTime() - start < seconds * 1_000_000_000L; n++) {
        String projection = REBUILT.get(n % REBUILT.size());
        String id = "mixed-rebuild-" + n;
        if (!kinds.time(
            "rebuild of " + projection, System.nanoTime(), () -> office.rebuild(id, projection))) {
          return;
        }
      }
    }

    private Findings findings(Kinds kinds, Sample slips, long paidCents, Reconciliation books) {
      Findings findings = new Findings();
      kinds.tell(findings);
      findings.line(
          "Slips: %d lines, %.0f lines/s acknowledged; lag of projections p50 %s ms, p99 %s ms, at"
              + " most %s ms.",
          slips.lines(),
          slips.acknowledgedRate(),
          Millis.at(slips.lag(), 50),
          Millis.at(slips.lag(), 99),
          Millis.at(slips.lag(), 100));
      findings.must(
          paidCents > 0 && books.books().paidCents() == paidCents,
          "the settlement pays %d cents, the books have %d in transfers"
              .formatted(paidCents, books.books().paidCents()));
      bounds.check("slips", List.of(slips), findings);
      findings.reconciled(books);
      return findings;
    }
  }
}
