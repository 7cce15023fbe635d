package fr.passnumerique.loadtest.simulator;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL for all seeds, with a migrated database of its own for each. It does not wait for
 * the disk: nobody pulls the plug here, and a story tells of a thousand commits a second.
 */
final class Databases implements AutoCloseable {
  private static final String TEMPLATE = "simulation_template";

  private final Resources resources;
  private final Path home;
  private final Server server;
  private final AtomicInteger made = new AtomicInteger();

  private Databases(Resources resources, Path home, Server server) {
    this.resources = resources;
    this.home = home;
    this.server = server;
  }

  static Databases start(Path directory) throws IOException, SQLException {
    Files.createDirectories(directory);
    Path home = Files.createTempDirectory(directory, "simulation-").toRealPath();
    Resources resources = new Resources();
    try {
      resources.add(() -> Server.delete(home));
      Server server = resources.add(Server.start(home.resolve("database")));
      Databases databases = new Databases(resources, home, server);
      databases.asSuperuser("alter system set fsync = off");
      databases.asSuperuser("alter system set full_page_writes = off");
      databases.asSuperuser("alter system set synchronous_commit = off");
      databases.asSuperuser("select pg_reload_conf()");
      server.createDatabase(TEMPLATE);
      Database.open(DatabaseSettings.of(server.properties(TEMPLATE, home.resolve("template"))::get))
          .close();
      return databases;
    } catch (IOException | RuntimeException | SQLException e) {
      resources.close();
      throw e;
    }
  }

  private void asSuperuser(String sql) throws SQLException {
    try (Connection connection = server.superuser("postgres").getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A new, empty ledger with its projections. */
  synchronized Fresh fresh() throws SQLException, IOException {
    String name = "simulation_" + made.incrementAndGet();
    server.copyDatabase(name, TEMPLATE);
    return new Fresh(
        name,
        pool(name, ApplicationRole.CLEARING),
        pool(name, ApplicationRole.PROJECTIONS),
        Files.createDirectory(home.resolve(name)));
  }

  private HikariDataSource pool(String name, ApplicationRole role) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(server.as(role, name));
    config.setMaximumPoolSize(3);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  /** One seed's own. */
  final class Fresh implements AutoCloseable {
    private final String name;
    private final HikariDataSource ledger;
    private final HikariDataSource projections;
    private final Path directory;

    private Fresh(
        String name, HikariDataSource ledger, HikariDataSource projections, Path directory) {
      this.name = name;
      this.ledger = ledger;
      this.projections = projections;
      this.directory = directory;
    }

    HikariDataSource ledger() {
      return ledger;
    }

    HikariDataSource projections() {
      return projections;
    }

    Path directory() {
      return directory;
    }

    @Override
    public void close() throws SQLException {
      ledger.close();
      projections.close();
      asSuperuser("drop database %s with (force)".formatted(name));
      Server.delete(directory);
    }
  }

  @Override
  public void close() {
    resources.close();
  }
}
