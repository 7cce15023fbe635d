package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.peak.PreparedSlips;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Several applications on one PostgreSQL, each a process with a line of its own to it. */
final class SeveralNodes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Of nodes that write only the elected one holds a lock of a session. */
  private static final String LOCK =
      """
      from pg_locks l
      join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted and a.application_name like 'clearing-writer %'
      """;

  private static final String WRITER =
      "select w.address from ledger.writer w where w.session in (select a.application_name %s)"
          .formatted(LOCK);

  private static final String END_SESSION = "select count(pg_terminate_backend(l.pid)) " + LOCK;

  private final Resources resources;
  private final Server server;
  private final DataSource database;
  private final PreparedSlips slips;
  private final List<Node> nodes = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private record Node(Application application, DatabaseLine line) {}

  private SeveralNodes(Resources resources, Server server, PreparedSlips slips) {
    this.resources = resources;
    this.server = server;
    this.database = server.superuser(Installation.LEDGER);
    this.slips = slips;
  }

  /**
   * @param applications how many
   */
  static SeveralNodes open(Path home, Installation.Prepared prepared, int applications)
      throws IOException, SQLException, InterruptedException {
    Resources resources = new Resources();
    try {
      resources.add(Guard.start(home)::destroyForcibly);
      Server server = resources.add(Server.start(home.resolve("database")));
      PreparedSlips slips =
          PreparedSlips.open(
              server,
              Installation.LEDGER,
              home,
              prepared.today(),
              prepared.seed(),
              prepared.clients(),
              prepared.slips(),
              prepared.lines());
      SeveralNodes several = new SeveralNodes(resources, server, slips);
      for (int number = 1; number <= applications; number++) {
        several.start(home.resolve("application-%d.log".formatted(number)));
        // One after the other: the first makes what the others find.
        several.awaitAll();
      }
      return several;
    } catch (IOException | SQLException | InterruptedException | RuntimeException e) {
      resources.close();
      throw e;
    }
  }

  private void start(Path log) throws IOException {
    Map<String, String> properties = new HashMap<>(slips.properties());
    URI url =
        URI.create(
            Objects.requireNonNull(properties.get("spring.datasource.url"))
                .substring("jdbc:".length()));
    DatabaseLine line = resources.add(DatabaseLine.to(url.getPort(), new ServerBackends(database)));
    int port = FreePort.find();
    properties.put(
        "spring.datasource.url",
        "jdbc:postgresql://127.0.0.1:%d%s".formatted(line.port(), url.getPath()));
    // They share keys, and each has registers of its own.
    properties.put(
        "pass.registers.directory",
        log.resolveSibling("registers-%d".formatted(nodes.size() + 1)).toString());
    properties.put("pass.node.address", "http://127.0.0.1:" + port);
    nodes.add(new Node(resources.add(Application.start(log, properties, port)), line));
  }

  PreparedSlips slips() {
    return slips;
  }

  Server server() {
    return server;
  }

  DataSource database() {
    return database;
  }

  List<URI> roots() {
    return nodes.stream().map(node -> node.application().root()).toList();
  }

  String endOfLogs() {
    return nodes.stream()
        .map(node -> node.application().endOfLog())
        .collect(Collectors.joining("\n---\n"));
  }

  /** Until each answers, and one of them is elected. */
  void awaitAll() throws SQLException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!nodes.stream().allMatch(this::answers) || writer().isEmpty()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "not every application answers in %d s; they said last:%n%s"
                .formatted(PATIENCE.toSeconds(), endOfLogs()));
      }
      Thread.sleep(LOOK);
    }
  }

  private boolean answers(Node node) {
    try {
      // Whatever it is answered: one that stands by is not ready, and answers so.
      http.send(
          HttpRequest.newBuilder(node.application().root().resolve("/actuator/health"))
              .timeout(Duration.ofSeconds(2))
              .build(),
          BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Root of the one that is elected now; empty while none is. */
  Optional<URI> writes() throws SQLException {
    return writer().map(node -> node.application().root());
  }

  private Optional<Node> writer() throws SQLException {
    Optional<String> address = ask(WRITER);
    return nodes.stream()
        .filter(node -> address.equals(Optional.of(node.application().root().toString())))
        .findFirst();
  }

  private Optional<String> ask(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /**
   * Strikes the one that writes, and returns when it is over.
   *
   * @param struck is run as soon as it has begun
   * @return its root
   */
  URI strike(WriterBlow blow, Random random, Runnable struck)
      throws IOException, SQLException, InterruptedException {
    Node writer = writer().orElseThrow(() -> new IllegalStateException("no application writes"));
    int millis = 2_000 + random.nextInt(4_000);
    switch (blow) {
      case KILLED -> {
        writer.application().kill();
        struck.run();
        writer.application().startAgain();
      }
      case FROZEN -> {
        ProcessHandle process = writer.application().process();
        Installation.signal("STOP", process);
        try {
          struck.run();
          Thread.sleep(millis);
        } finally {
          Installation.signal("CONT", process);
        }
      }
      case SESSION_ENDED -> {
        ask(END_SESSION);
        struck.run();
      }
      case CUT_OFF -> {
        writer.line().silence();
        try {
          struck.run();
          Thread.sleep(millis);
        } finally {
          writer.line().restore();
        }
      }
    }
    return writer.application().root();
  }

  /** Ends of applications that nobody had killed. */
  int endedByThemselves() {
    return nodes.stream().mapToInt(node -> node.application().endedByItself()).sum();
  }

  @Override
  public void close() {
    http.shutdownNow();
    resources.close();
  }
}
