package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.peak.PreparedSlips;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.FreePort;
import fr.passnumerique.projections.broker.KafkaBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that runs, each a process of its own: PostgreSQL, broker, application, and the guard
 * that ends them should this process be killed. Opened again in the same directory it goes on.
 */
final class Installation implements AutoCloseable {
  static final String LEDGER = "ledger";
  static final String TOPIC = "pass.ledger";
  static final String DATABASE = "database";
  static final String BROKER = "broker";
  static final String APPLICATION_LOG = "application.log";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration STARTING = Duration.ofMinutes(10);

  /** Within which health tells of a database that does not answer: the application's, and some. */
  private static final Duration TOLD_SOON = Duration.ofSeconds(3);

  private final Path home;
  private final Process guard;
  private final Server server;
  private final PreparedSlips slips;
  private final KafkaBroker broker;
  private final Application application;
  private final DatabaseLine line;
  private final @Nullable SmallDisk disk;

  /**
   * What was prepared.
   *
   * @param today on which the slips are presented, Europe/Paris
   * @param slips in all
   * @param lines per slip
   */
  record Prepared(long seed, LocalDate today, int clients, int slips, int lines) {
    /** As it was prepared in the directory; kept there otherwise. */
    static Prepared in(Path home, Prepared otherwise) throws IOException {
      Path file = home.resolve("prepared.properties");
      Properties properties = new Properties();
      if (!Files.exists(file)) {
        properties.setProperty("seed", Long.toString(otherwise.seed));
        properties.setProperty("today", otherwise.today.toString());
        properties.setProperty("clients", Integer.toString(otherwise.clients));
        properties.setProperty("slips", Integer.toString(otherwise.slips));
        properties.setProperty("lines", Integer.toString(otherwise.lines));
        try (var out = Files.newBufferedWriter(file)) {
          properties.store(out, null);
        }
        return otherwise;
      }
      try (var in = Files.newBufferedReader(file)) {
        properties.load(in);
      }
      return new Prepared(
          Long.parseLong(properties.getProperty("seed")),
          LocalDate.parse(properties.getProperty("today")),
          Integer.parseInt(properties.getProperty("clients")),
          Integer.parseInt(properties.getProperty("slips")),
          Integer.parseInt(properties.getProperty("lines")));
    }
  }

  private Installation(
      Path home,
      Process guard,
      Server server,
      PreparedSlips slips,
      KafkaBroker broker,
      Application application,
      DatabaseLine line,
      @Nullable SmallDisk disk) {
    this.home = home;
    this.guard = guard;
    this.server = server;
    this.slips = slips;
    this.broker = broker;
    this.application = application;
    this.line = line;
    this.disk = disk;
  }

  /**
   * @param release that is run
   * @param smallDisk directory on a file system that may be filled; null for none
   */
  static Installation open(
      Path home,
      Release release,
      Prepared prepared,
      @Nullable Path smallDisk,
      Consumer<String> progress)
      throws IOException, SQLException, InterruptedException {
    Process guard = Guard.start(home);
    Server server = null;
    KafkaBroker broker = null;
    try {
      SmallDisk disk = smallDisk == null ? null : new SmallDisk(smallDisk);
      if (disk != null) {
        disk.take(home);
      }
      Path database = home.resolve(DATABASE);
      boolean begun = Files.exists(database.resolve("postgres"));
      if (begun && !Files.exists(home.resolve(LEDGER + ".prepared"))) {
        throw new IOException(
            home + " was left while it was prepared; delete it, or name another with --directory");
      }
      broker =
          KafkaBroker.in(
              home.resolve(BROKER),
              release.classPath(),
              release.brokerOptions().toArray(String[]::new));
      Thread starting = Thread.ofPlatform().name("broker-start").start(broker::start);
      server = begun ? Server.startAgain(database) : Server.start(database);
      progress.accept("database runs");
      PreparedSlips slips =
          PreparedSlips.open(
              server,
              LEDGER,
              home,
              prepared.today(),
              prepared.seed(),
              prepared.clients(),
              prepared.slips(),
              prepared.lines());
      progress.accept("slips are prepared");
      starting.join();
      progress.accept("broker runs");
      Map<String, String> properties = new HashMap<>(slips.properties());
      URI url =
          URI.create(
              Objects.requireNonNull(properties.get("spring.datasource.url"))
                  .substring("jdbc:".length()));
      DatabaseLine line =
          DatabaseLine.to(url.getPort(), new ServerBackends(server.superuser(LEDGER)));
      properties.put(
          "spring.datasource.url",
          "jdbc:postgresql://127.0.0.1:%d%s".formatted(line.port(), url.getPath()));
      properties.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
      properties.put("pass.kafka.topic", TOPIC);
      int port = FreePort.find();
      properties.put("pass.node.address", "http://127.0.0.1:" + port);
      Application application =
          Application.start(home.resolve(APPLICATION_LOG), release.application(), properties, port);
      return new Installation(home, guard, server, slips, broker, application, line, disk);
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      if (broker != null) {
        broker.close();
      }
      if (server != null) {
        server.close();
      }
      guard.destroy();
      throw e;
    }
  }

  /**
   * Until the application serves: before that nothing can be told of requests.
   *
   * @param faults is told if it does not
   */
  void awaitServing(Faults faults) throws InterruptedException {
    long end = System.nanoTime() + STARTING.toNanos();
    while (!health().equals("UP")) {
      if (System.nanoTime() > end) {
        faults.add(
            "the application does not serve in %d s; it said last:%n%s",
            STARTING.toSeconds(), application.endOfLog());
        return;
      }
      Thread.sleep(50);
    }
  }

  /** As a balancer is told; empty where nothing answers in time. */
  String health() throws InterruptedException {
    return health(STARTING);
  }

  /**
   * @param patience after which there is no answer
   */
  String health(Duration patience) throws InterruptedException {
    try {
      return FullDisk.status(
          HTTP.send(
                  HttpRequest.newBuilder(application.root().resolve("/actuator/health"))
                      .timeout(patience)
                      .build(),
                  BodyHandlers.ofByteArray())
              .body());
    } catch (IOException e) {
      return "";
    }
  }

  Path home() {
    return home;
  }

  Server server() {
    return server;
  }

  PreparedSlips slips() {
    return slips;
  }

  KafkaBroker broker() {
    return broker;
  }

  Application application() {
    return application;
  }

  /**
   * @param applicationFirst of two
   */
  void kill(Blow blow, boolean applicationFirst) throws IOException {
    if (blow.isApplication() && applicationFirst) {
      application.kill();
    }
    if (blow.isPostmaster()) {
      ProcessHandle postmaster =
          postmaster().orElseThrow(() -> new IllegalStateException("no postmaster runs"));
      postmaster.destroyForcibly();
    }
    if (blow.isApplication() && !applicationFirst) {
      application.kill();
    }
    if (blow == Blow.BROKER) {
      broker.kill();
    }
  }

  /**
   * Returns when it is over.
   *
   * @param faults is told if health does not tell of it
   */
  void inflict(Blow fault, Random random, Faults faults) throws IOException, InterruptedException {
    switch (fault) {
      case DATABASE_PAUSED -> {
        List<ProcessHandle> stopped = new ArrayList<>();
        ProcessHandle postmaster =
            postmaster().orElseThrow(() -> new IllegalStateException("no postmaster runs"));
        // The postmaster first: it would start others.
        Stream.concat(Stream.of(postmaster), postmaster.descendants()).forEach(stopped::add);
        try {
          for (ProcessHandle process : stopped) {
            signal("STOP", process);
          }
          // Longer than health may take to tell of it.
          long millis = TOLD_SOON.toMillis() + 1_000L + random.nextInt(4_000);
          long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
          holdPaused(health(TOLD_SOON), faults);
          TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
        } finally {
          for (ProcessHandle process : stopped) {
            signal("CONT", process);
          }
        }
      }
      case CLOCK_JUMPED -> {
        application.setClock(random.nextInt(3 * 3_600));
        Thread.sleep(300);
        application.setClock(-random.nextInt(3 * 3_600));
        Thread.sleep(300);
        application.setClock(0);
      }
      default -> throw new IllegalArgumentException(fault + " is not one of these");
    }
  }

  /**
   * @param health that is told while the database is paused; empty where it was not told in time
   */
  static void holdPaused(String health, Faults faults) {
    if (health.isEmpty() || health.equals("UP")) {
      faults.add(
          "%d s after health was asked while the database is paused it is \"%s\"",
          TOLD_SOON.toSeconds(), health);
    }
  }

  /** One that has ended meanwhile hears nothing. */
  static void signal(String name, ProcessHandle to) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(to.pid()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0 && to.isAlive()) {
      throw new IOException("kill -%s %d failed".formatted(name, to.pid()));
    }
  }

  /** Of PostgreSQL, while it runs. */
  Optional<ProcessHandle> postmaster() throws IOException {
    return Server.postmaster(home.resolve(DATABASE));
  }

  /** Between the application and PostgreSQL. */
  DatabaseLine line() {
    return line;
  }

  /** What does not come back by itself. Returns when the broker serves. */
  void bringBack(Blow blow) throws IOException {
    if (blow.isApplication()) {
      application.startAgain();
    }
    if (blow == Blow.BROKER) {
      broker.start();
    }
  }

  /**
   * Starts a broker again that ended by itself.
   *
   * @return whether it had
   */
  boolean bringBrokerBack() {
    boolean ended = broker.process().filter(ProcessHandle::isAlive).isEmpty();
    if (ended) {
      broker.start();
    }
    return ended;
  }

  /** That may be filled. */
  SmallDisk disk() {
    return Objects.requireNonNull(disk, "no small disk was named");
  }

  /** The numbers of all processes that run now. */
  List<Long> processes() throws IOException {
    return List.of(
        guard.pid(),
        application.process().pid(),
        broker.process().map(ProcessHandle::pid).orElse(0L),
        postmaster().map(ProcessHandle::pid).orElse(0L));
  }

  @Override
  public void close() {
    application.close();
    line.close();
    broker.close();
    server.close();
    guard.destroyForcibly();
    guard.onExit().join();
  }
}
