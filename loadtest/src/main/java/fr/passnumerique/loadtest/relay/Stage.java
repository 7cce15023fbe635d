package fr.passnumerique.loadtest.relay;

import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.peak.GrowingLedger;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.KafkaBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Everything that runs: a PostgreSQL with the ledger's database and the one that Kafka feeds, a
 * node that writes the ledger, a broker, two relays and two projection nodes. Opened again in the
 * same directory it goes on.
 */
final class Stage implements AutoCloseable {
  private static final String LEDGER = "ledger";
  private static final String REMOTE = "remote";
  private static final Duration START = Duration.ofMinutes(2);

  private final Path home;
  private final Server server;
  private final GrowingLedger ledger;
  private final KafkaBroker broker;
  private final Map<String, Child> relays = new LinkedHashMap<>();
  private final Map<String, Child> nodes = new LinkedHashMap<>();

  private Stage(Path home, Server server, GrowingLedger ledger, KafkaBroker broker) {
    this.home = home;
    this.server = server;
    this.ledger = ledger;
    this.broker = broker;
  }

  static Stage open(Path home, int slips) throws IOException, SQLException, InterruptedException {
    Files.createDirectories(home);
    Path day = home.resolve("today");
    if (!Files.exists(day)) {
      Files.writeString(day, Paris.dayOf(Instant.now()).toString());
    }
    Path prepared = home.resolve("prepared");
    Server server =
        Files.exists(prepared)
            ? Server.startAgain(home.resolve("database"))
            : Server.start(home.resolve("database"));
    try {
      if (!Files.exists(prepared)) {
        server.createDatabase(REMOTE);
        Database.open(DatabaseSettings.of(server.properties(REMOTE, home.resolve(REMOTE))::get))
            .close();
        Files.createFile(prepared);
      }
      GrowingLedger ledger =
          GrowingLedger.open(server, LEDGER, home, LocalDate.parse(Files.readString(day)), slips);
      KafkaBroker broker =
          KafkaBroker.in(home.resolve("broker"), System.getProperty("java.class.path")).start();
      return new Stage(home, server, ledger, broker);
    } catch (RuntimeException | IOException | SQLException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  GrowingLedger ledger() {
    return ledger;
  }

  KafkaBroker broker() {
    return broker;
  }

  /** Whose projections read the ledger itself. */
  DataSource direct() {
    return server.superuser(LEDGER);
  }

  /** Whose projections Kafka feeds. */
  DataSource remote() {
    return server.superuser(REMOTE);
  }

  /** Of every projection, in the database that Kafka feeds. */
  Map<String, Long> carried() throws SQLException {
    return Tables.positions(remote());
  }

  /** Of the ledger, as its table says. */
  long head() throws SQLException {
    try (var connection = direct().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select coalesce(max(position), 0) from ledger.event")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Of the ledger's last row, in hexadecimal. */
  String headHash() throws SQLException {
    try (var connection = direct().getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select encode(hash, 'hex') from ledger.event order by position desc limit 1")) {
      return row.next() ? row.getString(1) : "";
    }
  }

  Map<String, Child> relays() {
    return relays;
  }

  Map<String, Child> nodes() {
    return nodes;
  }

  void startRelay(String name) throws IOException, InterruptedException {
    Map<String, String> settings = settings(name);
    settings.put("spring.kafka.properties.interceptor.classes", Deadly.class.getName());
    relays.put(name, started(name, "relay-node", settings));
  }

  void startNode(String name) throws IOException, InterruptedException {
    Map<String, String> settings = settings(name);
    settings.putAll(server.properties(REMOTE, home.resolve(name)));
    settings.put("pass.database.migrate", "false");
    settings.put("pass.kafka.relay", "false");
    nodes.put(name, started(name, "projection-node", settings));
  }

  private Map<String, String> settings(String name) {
    Map<String, String> settings = new HashMap<>();
    server
        .properties(LEDGER, home.resolve(name + "-ledger"))
        .forEach((property, value) -> settings.put(ChildNode.LEDGER + property, value));
    settings.put(ChildNode.LEDGER + "pass.database.migrate", "false");
    settings.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
    settings.put("spring.kafka.properties.client.id", name);
    settings.put("pass.kafka.topic", Topic.NAME);
    return settings;
  }

  private Child started(String name, String command, Map<String, String> settings)
      throws IOException, InterruptedException {
    Child child = Child.start(home, name, command, settings);
    if (!child.hears(ChildNode.READY, START)) {
      child.kill();
      throw new IllegalStateException(
          "%s does not start: see %s".formatted(name, home.resolve(name + ".log")));
    }
    return child;
  }

  @Override
  public void close() {
    nodes.values().forEach(Child::close);
    relays.values().forEach(Child::close);
    broker.close();
    ledger.close();
    server.close();
  }
}
