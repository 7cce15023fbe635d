package fr.passnumerique.loadtest.race;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.peak.HandedOutCheques;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL for all rounds, each with a ledger of its own: a copy of one in which cheques are
 * in people's hands.
 */
final class Stage implements AutoCloseable {
  private static final String TEMPLATE = "race_template";
  private static final int CONNECTIONS = 24;

  private final Resources resources;
  private final Path home;
  private final Server server;
  private final HandedOutCheques cheques;
  private final long prepared;
  private final AtomicInteger made = new AtomicInteger();

  private Stage(
      Resources resources, Path home, Server server, HandedOutCheques cheques, long prepared) {
    this.resources = resources;
    this.home = home;
    this.server = server;
    this.cheques = cheques;
    this.prepared = prepared;
  }

  /**
   * @param directory in which it makes one of its own, which it deletes at its end
   * @param durable whether commits wait for the disk. Nobody pulls the plug here: without it they
   *     are quicker, and nothing else is otherwise
   */
  static Stage open(Path directory, int atLeastCheques, boolean durable)
      throws IOException, SQLException, InterruptedException {
    Files.createDirectories(directory);
    Path home = Files.createTempDirectory(directory, "race-").toRealPath();
    Resources resources = new Resources();
    try {
      resources.add(() -> Server.delete(home));
      return open(resources, home, atLeastCheques, durable);
    } catch (IOException | RuntimeException | SQLException | InterruptedException e) {
      resources.close();
      throw e;
    }
  }

  private static Stage open(Resources resources, Path home, int atLeastCheques, boolean durable)
      throws IOException, SQLException, InterruptedException {
    Server server = resources.add(Server.start(home.resolve("database")));
    try (Connection connection = server.superuser("postgres").getConnection();
        var statement = connection.createStatement()) {
      if (!durable) {
        statement.execute("alter system set fsync = off");
        statement.execute("alter system set full_page_writes = off");
        statement.execute("alter system set synchronous_commit = off");
        statement.execute("select pg_reload_conf()");
      }
    }
    HandedOutCheques cheques =
        HandedOutCheques.prepare(
            server,
            TEMPLATE,
            home.resolve("preparation"),
            home.resolve("check-keys"),
            Paris.dayOf(Instant.now()),
            atLeastCheques);
    return new Stage(resources, home, server, cheques, head(server.superuser(TEMPLATE)));
  }

  private static long head(DataSource ledger) throws SQLException {
    try (Connection connection = ledger.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select coalesce(max(position), 0) from ledger.event")) {
      row.next();
      return row.getLong(1);
    }
  }

  HandedOutCheques cheques() {
    return cheques;
  }

  Path checkKeys() {
    return home.resolve("check-keys");
  }

  /** Of the server. */
  Map<String, String> settings() throws SQLException {
    return server.settings();
  }

  /** The last position that the preparation recorded. */
  long prepared() {
    return prepared;
  }

  /** A ledger as it was prepared. */
  synchronized Arena arena() throws SQLException {
    String name = "race_" + made.incrementAndGet();
    server.copyDatabase(name, TEMPLATE);
    return new Arena(name);
  }

  /** One round's ledger. */
  final class Arena implements AutoCloseable {
    private final String name;
    private final HikariDataSource writer;

    private Arena(String name) {
      this.name = name;
      HikariConfig config = new HikariConfig();
      config.setDataSource(server.as(ApplicationRole.CLEARING, name));
      config.setMaximumPoolSize(CONNECTIONS);
      config.setMinimumIdle(0);
      config.setConnectionTimeout(5_000);
      writer = new HikariDataSource(config);
    }

    DataSource writer() {
      return writer;
    }

    /** For a node in a process of its own. */
    Path settings() throws IOException {
      PGSimpleDataSource clearing = server.as(ApplicationRole.CLEARING, name);
      Properties properties = new Properties();
      properties.setProperty(RaceNodeProcess.URL, clearing.getUrl());
      properties.setProperty(RaceNodeProcess.USER, requireNonNull(clearing.getUser()));
      properties.setProperty(RaceNodeProcess.PASSWORD, requireNonNull(clearing.getPassword()));
      properties.setProperty(RaceNodeProcess.CHECK_KEYS, checkKeys().toString());
      Path file = home.resolve(name + ".properties");
      try (var out = Files.newBufferedWriter(file)) {
        properties.store(out, null);
      }
      return file;
    }

    Path log() {
      return home.resolve(name + ".log");
    }

    /** One connection at a time. */
    DataSource superuser() {
      return server.superuser(name);
    }

    void asSuperuser(String sql) throws SQLException {
      try (Connection connection = server.superuser(name).getConnection();
          var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void close() throws SQLException {
      writer.close();
      try (Connection connection = server.superuser("postgres").getConnection();
          var statement = connection.createStatement()) {
        statement.execute("drop database %s with (force)".formatted(name));
      }
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
