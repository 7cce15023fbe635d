package fr.passnumerique.clearing.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A database of a test's own on a real server: migrated, empty, dropped when closed. One server per
 * JVM, started by the first test that asks, fsync on; a new database is a copy of a migrated one
 * and takes a fraction of a second.
 *
 * <p>The methods on the server hit every database of the JVM.
 */
public final class TestDatabase implements AutoCloseable {
  private static final String TEMPLATE = "template_pass";
  private static final String DIRECTORY = "pass-test-postgres-";

  private static EmbeddedServer server;
  private static int databases;

  private final String name;
  private final Database database;

  private TestDatabase(String name, Database database) {
    this.name = name;
    this.database = database;
  }

  /** Connects as each role with the pools that the application uses. */
  public static synchronized TestDatabase fresh() {
    try {
      EmbeddedServer running = server();
      String name = "test_" + ++databases;
      superuser(
          "postgres", "create database %s template %s owner pass_owner".formatted(name, TEMPLATE));
      return new TestDatabase(
          name, Database.open(DatabaseSettings.of(properties(running, name)::get)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets a server of a test's own, in this data directory, run the programs that were unpacked
   * once: it takes seconds.
   */
  public static void sharePrograms(Path dataDirectory) throws IOException {
    Path link = dataDirectory.resolve("postgres-programs");
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(dataDirectory);
      Files.createSymbolicLink(link, Files.createDirectories(programs()));
    }
  }

  private static Path programs() {
    return Path.of("target", "postgres-programs").toAbsolutePath();
  }

  /** As {@code pass_clearing}. */
  public DataSource ledger() {
    return database.dataSource(ApplicationRole.CLEARING);
  }

  /** As {@code pass_projections}. */
  public DataSource projections() {
    return database.dataSource(ApplicationRole.PROJECTIONS);
  }

  /** As {@code pass_reader}. */
  public DataSource reader() {
    return database.dataSource(ApplicationRole.READER);
  }

  /**
   * As {@code pass_owner}: may create tables, and is refused by the ledger's triggers. Not pooled.
   */
  public DataSource owner() {
    var dataSource = server.superuser(name);
    dataSource.setUser(ApplicationRole.OWNER.roleName());
    dataSource.setPassword(server.password(ApplicationRole.OWNER));
    return dataSource;
  }

  /** Not pooled. */
  public DataSource superuser() {
    return server.superuser(name);
  }

  public Database database() {
    return database;
  }

  /** Settings for {@link DatabaseSettings#of}, for Spring, or for another JVM on this database. */
  public Map<String, String> properties() {
    return properties(server, name);
  }

  private static Map<String, String> properties(EmbeddedServer server, String name) {
    var properties = new HashMap<String, String>();
    properties.put("spring.datasource.url", server.jdbcUrl(name));
    properties.put("pass.data-directory", server.directory().path().resolve(name).toString());
    properties.put("pass.database.migrate", "false");
    for (ApplicationRole role : ApplicationRole.values()) {
      properties.put(DatabaseSettings.prefix(role) + ".password", server.password(role));
    }
    return properties;
  }

  /** Ends every connection to this database but the superuser's own, as an administrator would. */
  public void terminateBackends() {
    superuser(
        "postgres",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
            .formatted(name));
  }

  /** Ends the connections of one role. */
  public void terminateBackends(ApplicationRole role) {
    superuser(
        "postgres",
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s' and usename = '%s'"
            .formatted(name, role.roleName()));
  }

  /** Stops the server as a shutdown does: open transactions are rolled back. */
  public static synchronized void stopServer() {
    server.stop();
  }

  /** Ends every process of the server with kill -9. */
  public static synchronized void killServer() {
    server.kill();
  }

  /** Starts it again, on the same port. */
  public static synchronized void startServer() {
    server.restart();
  }

  /** Drops the database, whoever is still connected. */
  @Override
  public void close() {
    database.close();
    superuser("postgres", "drop database if exists %s with (force)".formatted(name));
  }

  private static EmbeddedServer server() throws IOException {
    if (server != null) {
      return server;
    }
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path programs = programs();
    removeAbandoned(temporary, programs);
    Path directory = Files.createTempDirectory(temporary, DIRECTORY);
    EmbeddedServer started =
        EmbeddedServer.start(DataDirectory.at(directory), ServerAccount.of(directory), programs);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    started.close();
                    EmbeddedServer.deleteTree(directory);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
    try {
      started.createDatabase(TEMPLATE);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    server = started;
    new Migrations(
            started.jdbcUrl(TEMPLATE),
            ApplicationRole.OWNER.roleName(),
            started.password(ApplicationRole.OWNER))
        .migrate();
    try {
      started.givePasswords();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return started;
  }

  /** Left by test JVMs that were killed: their servers run on. */
  private static void removeAbandoned(Path temporary, Path programs) throws IOException {
    Instant old = Instant.now().minus(Duration.ofMinutes(10));
    try (Stream<Path> directories = Files.list(temporary)) {
      for (Path path :
          directories.filter(p -> p.getFileName().toString().startsWith(DIRECTORY)).toList()) {
        if (Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
          EmbeddedServer.remove(DataDirectory.at(path), programs);
        }
      }
    }
  }

  private static void superuser(String database, String sql) {
    try (var connection = server.superuser(database).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
