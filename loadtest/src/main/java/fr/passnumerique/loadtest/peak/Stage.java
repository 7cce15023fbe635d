package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.options.Progress;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Site.VenueList;
import fr.passnumerique.projections.broker.JavaProgram;
import fr.passnumerique.ui.install.Installation;
import fr.passnumerique.ui.install.TrialStart;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One clean server, the slips of one plan, and ways that hold the plan's cheques, each in a
 * database of its own: what a scenario is played on.
 */
public final class Stage implements AutoCloseable {
  /** The ways in the order in which they take turns. */
  public enum Through {
    /** Hand-written, a statement per slip. */
    rival,
    /** Hand-written, as fast as {@code rivals} found that it can be, unless told otherwise. */
    together,
    bus,
    http;

    public boolean byHand() {
      return this == rival || this == together;
    }

    /** Whether a way of this name is written by hand. */
    public static boolean byHand(String name) {
      return Arrays.stream(values()).anyMatch(way -> way.byHand() && way.name().equals(name));
    }
  }

  /** More than this share of the processors in others' use makes figures rough. */
  private static final double BUSY = 0.1;

  private static final String BUS = Through.bus.name();
  private static final String HTTP = Through.http.name();
  private static final String RIVALS = "rivals";

  private final Resources resources;
  private final Progress progress;
  private final Path home;
  private final Plan plan;
  private final Server server;
  private final Surroundings surroundings;
  private final long begun = System.nanoTime();

  /** Of all rounds, that in which it was the most. */
  private double mostUsedByOthers;

  private final List<Course> courses = new ArrayList<>();
  private Optional<HttpWay> application = Optional.empty();

  private Stage(
      Resources resources,
      Path home,
      long seed,
      Plan.Size size,
      Map<String, String> further,
      Progress progress)
      throws IOException, SQLException, InterruptedException {
    this.resources = resources;
    this.progress = progress;
    this.home = home;
    double usedByOthers = Machine.usedByOthers();
    boolean busy = usedByOthers > BUSY;
    if (busy) {
      progress.say("others are using this machine: the figures will be rough");
    }
    Map<String, String> machine = Machine.facts(home, usedByOthers);
    plan = Plan.make(seed, Paris.dayOf(Instant.now()), Site.of(VenueList.real()), size, keys(seed));
    progress.say("seed %d: %s", seed, told(plan));
    Map<String, String> chosen = new HashMap<>(settings());
    chosen.putAll(further);
    server = resources.add(Server.start(home.resolve("database"), chosen));
    Map<String, String> settings = server.settings();
    Server.mustBeDurable(settings);
    settings.put(
        Server.FALSE_CODES,
        Server.FALSE_CODES_AN_HOUR
            + ", as good as no limit: a peak's slips come from few venues, each with its false"
            + " codes");
    settings.forEach((name, value) -> progress.say("  %s = %s", name, value));
    surroundings = new Surroundings(plan.today(), machine, busy, settings);
  }

  /**
   * Makes the server, the plan and the ways.
   *
   * @param home an empty directory, deleted in the end
   * @param together what stands for {@link Through#together}
   * @param settings of the server, beside those of every run
   */
  static Stage open(
      Path home,
      long seed,
      Plan.Size size,
      Collection<Through> through,
      Rival together,
      Map<String, String> settings,
      Progress progress)
      throws IOException, SQLException, InterruptedException {
    Resources resources = new Resources();
    try {
      resources.add(() -> Server.delete(home));
      Stage stage = new Stage(resources, home, seed, size, settings, progress);
      stage.openWays(seed, through, together);
      // So that the first way does not pay for what the preparation left unwritten.
      stage.server.checkpoint();
      return stage;
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  /**
   * A quarter of the memory, as an administrator gives it: the databases of all ways share it. And
   * room for the connections that the clients of every rival keep.
   */
  private static Map<String, String> settings() {
    return Map.of(
        "shared_buffers",
        "%dMB".formatted(Machine.memoryBytes() / 4 >> 20),
        "max_connections",
        "1000");
  }

  private CheckKeys keys(long seed) {
    return FileCheckKeys.open(home.resolve("check-keys"), new Random(seed));
  }

  private void openWays(long seed, Collection<Through> through, Rival together)
      throws IOException, SQLException, InterruptedException {
    Map<String, Rival> byHand = new LinkedHashMap<>();
    if (through.contains(Through.rival)) {
      byHand.put(Through.rival.name(), Rival.plain());
    }
    if (through.contains(Through.together)) {
      byHand.put(Through.together.name(), together);
    }
    openByHand(byHand);
    if (through.contains(Through.bus) || through.contains(Through.http)) {
      progress.say("preparing the ledger by commands");
      server.createDatabase(BUS);
      LedgerBooks books = new LedgerBooks(server.superuser(BUS));
      List<Sample> presented =
          Preparation.run(plan, VenueList.real(), properties(BUS), earlier(), books);
      if (through.contains(Through.http)) {
        // One that nobody writes to any more; the vault's key goes with it.
        server.copyDatabase(HTTP, BUS);
        copy(home.resolve(BUS), home.resolve(HTTP));
      }
      if (through.contains(Through.bus)) {
        knownTo(
            on(resources.add(BusWay.start(plan, properties(BUS), books))), presented, earlier());
      }
      if (through.contains(Through.http)) {
        progress.say("starting the application");
        HttpWay http =
            resources.add(
                HttpWay.start(
                    plan,
                    properties(HTTP),
                    server.as(ApplicationRole.CLEARING, HTTP),
                    new LedgerBooks(server.superuser(HTTP)),
                    home));
        application = Optional.of(http);
        knownTo(on(http), presented, earlier());
      }
    }
  }

  private void openByHand(Map<String, Rival> rivals) throws SQLException, InterruptedException {
    if (rivals.isEmpty()) {
      return;
    }
    progress.say("preparing the rivals' tables");
    RivalWay.fill(server, RIVALS, plan, keys(plan.seed()));
    for (Map.Entry<String, Rival> rival : rivals.entrySet()) {
      String name = rival.getKey();
      server.copyDatabase(name, RIVALS);
      Course course = on(resources.add(RivalWay.on(server, name, name, rival.getValue(), plan)));
      for (Round round : earlier()) {
        course.present(round, new Pace.Closed());
      }
    }
  }

  private static void knownTo(Course course, List<Sample> samples, List<Round> rounds) {
    for (int i = 0; i < rounds.size(); i++) {
      course.known(samples.get(i), rounds.get(i).all().toList());
    }
  }

  private List<Round> earlier() {
    return plan.rounds().stream()
        .filter(round -> round.shape().day() == Shape.Day.DAY_BEFORE)
        .toList();
  }

  /** All these ways to write the rival, each on a copy of its own of the same tables. */
  List<Course> rivals(List<Rival> rivals) throws SQLException {
    progress.say("preparing the rivals' tables");
    RivalWay.fill(server, RIVALS, plan, keys(plan.seed()));
    List<Course> all = new ArrayList<>();
    for (Rival rival : rivals) {
      progress.say("  %s", rival.name());
      String database = RIVALS + "_" + all.size();
      server.copyDatabase(database, RIVALS);
      all.add(on(resources.add(RivalWay.on(server, database, rival.name(), rival, plan))));
    }
    server.checkpoint();
    return all;
  }

  private Course on(Way way) {
    Course course = new Course(way, plan, spent(way));
    courses.add(course);
    return course;
  }

  private Supplier<Cost> spent(Way way) {
    return () ->
        new Cost(
            Machine.processNanos(),
            way.processNanos(),
            server.processorNanos(),
            server.walBytes(),
            server.databaseBytes(way.database()),
            Machine.busyNanos());
  }

  /** How an application is told of a ledger of this stage. */
  private Map<String, String> properties(String database) {
    Map<String, String> properties =
        new HashMap<>(server.properties(database, home.resolve(database)));
    properties.put("pass.check-keys-directory", home.resolve("check-keys").toString());
    // An account to pay from, that is no bank's.
    properties.put("pass.operator.name", "OPERATEUR D'ESSAI");
    properties.put("pass.operator.iban", "FR7600000000000000000409631");
    return properties;
  }

  /**
   * An application on the ledger of a way of this process, once that is closed. The caller closes
   * it; if the run is interrupted, the stage does.
   *
   * @param command that runs it
   */
  public ApplicationProcess application(Through way, List<String> command) throws IOException {
    return resources.add(
        ApplicationProcess.start(command, home.resolve("started.log"), properties(way.name())));
  }

  /**
   * The application that runs this, laid out with a class cache; empty where it runs from no
   * executable jar.
   */
  public Optional<Installation> installation() throws InterruptedException {
    Optional<Path> jar = JavaProgram.executableJar();
    if (jar.isEmpty()) {
      return Optional.empty();
    }
    say("installing the application");
    return Optional.of(
        Installation.make(
            jar.get(), home.resolve("installed"), TrialStart.class.getName(), Machine.options()));
  }

  /** A node of this process on the ledger of a way, once that is closed. */
  public Node node(Through way) throws InterruptedException {
    return Node.start(properties(way.name()), Clock.systemUTC());
  }

  public Accounts accounts(Through way) {
    return new Accounts(server.as(ApplicationRole.CLEARING, way.name()), Clock.systemUTC());
  }

  /** To present slips over HTTP to an application that {@link #application} has started. */
  public SlipRequests requests(Through way) {
    return new SlipRequests(plan, SlipRequests.keys(plan, accounts(way)));
  }

  /** The application of {@link Through#http}. */
  public HttpWay http() {
    return application.orElseThrow();
  }

  /** Where it answers. */
  public URI root() {
    return http().root();
  }

  public Plan plan() {
    return plan;
  }

  public Server server() {
    return server;
  }

  /** With what others have used of the machine until now. */
  Surroundings surroundings() {
    return surroundings
        .usedByOthers(mostUsedByOthers, BUSY)
        .lasted(Duration.ofNanos(System.nanoTime() - begun));
  }

  /** In the order in which they take turns. */
  List<Course> courses() {
    return List.copyOf(courses);
  }

  public Course course(Through way) {
    return courses.stream()
        .filter(course -> course.way().name().equals(way.name()))
        .findFirst()
        .orElseThrow();
  }

  /** Presents a round and tells how it went. */
  public Sample present(Course course, Round round, Pace pace, String name)
      throws InterruptedException {
    Sample sample = course.present(round, pace);
    mostUsedByOthers = Math.max(mostUsedByOthers, sample.usedByOthers());
    progress.say(
        "%-8s %-6s %8.0f lines/s, %8.0f until readable, p50 %.2f ms, p99 %.2f ms%s",
        name,
        sample.way(),
        sample.acknowledgedRate(),
        sample.drainedRate(),
        sample.latency().getValueAtPercentile(50) / 1e6,
        sample.latency().getValueAtPercentile(99) / 1e6,
        sample.faults().isEmpty() ? "" : ", WRONG ANSWERS");
    return sample;
  }

  public void say(String format, Object... values) {
    progress.say(format, values);
  }

  private static String told(Plan plan) {
    return "%d cheques in %d batches, %d venues with %d points of service in %d départements"
        .formatted(
            plan.batches().stream().mapToLong(Plan.PlannedBatch::cheques).sum(),
            plan.batches().size(),
            plan.venues().size(),
            plan.sites().size(),
            plan.departements().size());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(
            path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
