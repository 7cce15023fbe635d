package fr.passnumerique.loadtest.scenario;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.ApplicationProcess;
import fr.passnumerique.loadtest.peak.Cost;
import fr.passnumerique.loadtest.peak.Course;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Node;
import fr.passnumerique.loadtest.peak.Plan;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Preparation;
import fr.passnumerique.loadtest.peak.Preparation.Carnet;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Spread;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import fr.passnumerique.loadtest.scenario.TimedApplication.Moment;
import fr.passnumerique.loadtest.scenario.TimedApplication.Said;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Carnets that are handed out one by one: most facts of a year are of this kind. */
@Command(
    name = "hand-outs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Hands out carnets one by one through the command bus, by all clients at once and then by one"
          + " alone; starts the application on the ledger before and after.",
      "Prints what a hand-out takes of heap, disk and write-ahead log, and what its fold takes at a"
          + " start. Exits with 1 if one was not recorded or the books do not reconcile."
    })
public final class HandOuts implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Mixin private Staging staging;

  @Option(
      names = "--hand-outs",
      defaultValue = "100000",
      paramLabel = "<n>",
      description =
          "That are measured; a fifth as many come before, so that Java has compiled what folds"
              + " them. Default: ${DEFAULT-VALUE}.")
  private int handOuts;

  @Option(
      names = "--starts",
      defaultValue = "3",
      paramLabel = "<n>",
      description =
          "Starts of the application before and as many after; 0 for bytes alone. Default:"
              + " ${DEFAULT-VALUE}.")
  private int starts;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public HandOuts() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(handOuts >= 10, "--hand-outs", "10 or more");
    terminal.require(starts >= 0, "--starts", "0 or more");
    return staging.play(terminal, new Played(handOuts, starts));
  }

  /** The scenario with its settings. */
  record Played(int handOuts, int starts) implements Staging.Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Of the hand-outs one in so many comes before, and one in so many is sent alone. */
    private static final int BEFORE = 5;

    private static final int ALONE = 10;

    @Override
    public String title() {
      return "Carnets handed out one by one";
    }

    @Override
    public String how() {
      return """
      Cheques are ordered, paid for, activated and delivered; then %d carnets of %d cheques are handed out through the command bus, each by a command and so a fact of its own. A fifth as many were handed out before. Nine tenths are sent by all clients at once, so that those who wait together are recorded in one commit; the last tenth by one client, each in a commit of its own, which a year of single hand-outs is nearer to. Disk and write-ahead log are those of ledger and projections together; nobody is named (no public, no vault reference). Before and after, the application is started %d times on the ledger, its heap collected and the processor time of the thread that folds read: the difference of the medians is told.\
      """
          .formatted(handOuts, Plan.CHEQUES_PER_CARNET, starts);
    }

    /** A plan has slips; this one's stays where it is. */
    @Override
    public List<Shape> shapes() {
      return List.of(Shape.of(1, 1));
    }

    @Override
    public List<Through> through() {
      return List.of(Through.bus);
    }

    @Override
    public Findings play(Stage stage, List<Round> rounds)
        throws IOException, SQLException, InterruptedException {
      Course course = stage.course(Through.bus);
      // Another node would be elected, and those below would stand by.
      course.way().close();
      int clients = rounds.getLast().byClient().size();
      int before = Math.max(1, handOuts / BEFORE);
      int alone = Math.max(1, handOuts / ALONE);
      Iterator<Carnet> carnets;
      try (Node node = stage.node(Through.bus)) {
        carnets = Preparation.orderFurther(stage.plan(), node, before + handOuts).iterator();
        handOut(course, node, next(carnets, before), clients);
      }
      List<Started> few = start(stage, course, "few");
      Disk diskBefore = Disk.of(stage.server().superuser(Through.bus.name()));
      long recordedBefore = handOuts(stage);
      Cost together;
      Cost byOne;
      try (Node node = stage.node(Through.bus)) {
        stage.say("handing out %d carnets by %d clients", handOuts - alone, clients);
        together = handOut(course, node, next(carnets, handOuts - alone), clients);
        stage.say("handing out %d carnets by one client", alone);
        byOne = handOut(course, node, next(carnets, alone), 1);
      }
      Disk diskAfter = Disk.of(stage.server().superuser(Through.bus.name()));
      stage.say(
          "%d and %d bytes of log each",
          together.walBytes() / (handOuts - alone), byOne.walBytes() / alone);
      List<Started> many = start(stage, course, "many");
      Findings findings = new Findings();
      findings.table("", "bytes of log (WAL) a hand-out", "processor µs, node and database");
      row(
          findings,
          "%d, by %d clients".formatted(handOuts - alone, clients),
          together,
          handOuts - alone);
      row(findings, "%d, by one client".formatted(alone), byOne, alone);
      diskAfter.tellGrowth(findings, diskBefore, "a hand-out", handOuts);
      if (starts > 0) {
        tellStarts(findings, few, many);
      }
      long recorded = handOuts(stage) - recordedBefore;
      findings.must(
          recorded == handOuts, "%d hand-outs are recorded of %d".formatted(recorded, handOuts));
      findings.reconciled(course.reconcile());
      return findings;
    }

    private static long handOuts(Stage stage) throws SQLException {
      try (Connection connection = stage.server().superuser(Through.bus.name()).getConnection();
          var statement = connection.createStatement();
          var row =
              statement.executeQuery(
                  "select count(*) from ledger.event where type = 'ChequesHandedOut'")) {
        row.next();
        return row.getLong(1);
      }
    }

    private static List<Carnet> next(Iterator<Carnet> carnets, int count) {
      return Stream.generate(carnets::next).limit(count).toList();
    }

    /**
     * @return what it took until projections hold it
     */
    private static Cost handOut(Course course, Node node, List<Carnet> carnets, int clients)
        throws InterruptedException {
      course.way().drain();
      Cost before = course.spent();
      AtomicInteger next = new AtomicInteger();
      List<Future<?>> running = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
        for (int client = 0; client < clients; client++) {
          running.add(
              threads.submit(
                  () -> {
                    int i;
                    while ((i = next.getAndIncrement()) < carnets.size()) {
                      Preparation.handOut(node, carnets.get(i));
                    }
                  }));
        }
        for (Future<?> part : running) {
          part.get();
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("a hand-out failed", e.getCause());
      }
      course.way().drain();
      return course.spent().minus(before);
    }

    private static void row(Findings findings, String what, Cost cost, int handOuts) {
      findings.row(
          what,
          "%d".formatted(cost.walBytes() / handOuts),
          "%.1f".formatted(cost.processorNanos() / 1e3 / handOuts));
    }

    /**
     * What one start told.
     *
     * @param foldMillis of a processor, of the thread that folds the registers
     * @param heapBytes after a full collection
     */
    private record Started(double foldMillis, double heapBytes) {}

    private List<Started> start(Stage stage, Course course, String name)
        throws IOException, InterruptedException {
      List<Started> all = new ArrayList<>();
      try (HttpClient http = HttpClient.newHttpClient()) {
        for (int i = 0; i < starts; i++) {
          all.add(start(stage, course, http, "hand-outs-%s-%d".formatted(name, i)));
          stage.say(
              "start with %s hand-outs: fold %.0f ms of a processor, heap %.1f MB",
              name, all.getLast().foldMillis(), all.getLast().heapBytes() / 1e6);
        }
      }
      return all;
    }

    private static Started start(Stage stage, Course course, HttpClient http, String login)
        throws IOException, InterruptedException {
      try (ApplicationProcess application = stage.application(Through.bus, foldingAll())) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<Moment, Said> said;
        while (!(said = TimedApplication.read(application.log()))
            .keySet()
            .containsAll(Set.of(Moment.WRITING, Moment.LISTENING))) {
          application.requireStarting(end);
          Thread.sleep(20);
        }
        course.way().drain();
        byte[] metrics = application.metrics(http, stage.accounts(Through.bus), login);
        return new Started(
            requireNonNull(said.get(Moment.WRITING)).processorMillis(),
            Vitals.of(0, metrics).heapBytes());
      }
    }

    /** With a snapshot of registers it would fold nothing. */
    private static List<String> foldingAll() {
      List<String> command =
          new ArrayList<>(ApplicationProcess.command(TimedApplication.class.getName()));
      command.add("--pass.registers.snapshots=false");
      return command;
    }

    private void tellStarts(Findings findings, List<Started> few, List<Started> many) {
      Spread foldFew = Spread.of(few, Started::foldMillis);
      Spread foldMany = Spread.of(many, Started::foldMillis);
      Spread heapFew = Spread.of(few, started -> started.heapBytes() / 1e6);
      Spread heapMany = Spread.of(many, started -> started.heapBytes() / 1e6);
      findings.table("at a start", "before", "after", "a hand-out more");
      findings.row(
          "fold, ms of a processor",
          foldFew.text("%.0f"),
          foldMany.text("%.0f"),
          "%.1f µs".formatted((foldMany.median() - foldFew.median()) * 1e3 / handOuts));
      findings.row(
          "heap, MB",
          heapFew.text("%.1f"),
          heapMany.text("%.1f"),
          "%.0f bytes".formatted((heapMany.median() - heapFew.median()) * 1e6 / handOuts));
    }
  }
}
