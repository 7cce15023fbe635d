package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.database.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The one clean PostgreSQL that all ways share, each in a database of its own. It is the server
 * that the product brings, durable as there; what is set beyond that is for the rival's sake, which
 * reads and rewrites more pages.
 */
public final class Server implements AutoCloseable {
  /** What a careful administrator sets for a busy table on a server of this size. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "shared_buffers", "1GB",
          "max_wal_size", "8GB",
          "checkpoint_timeout", "15min",
          "jit", "off");

  /** What is acknowledged is on the disk, and whole: without these a rate says nothing. */
  private static final Set<String> DURABLE =
      Set.of("fsync", "synchronous_commit", "full_page_writes");

  private static final List<String> SHOWN =
      List.of(
          "server_version",
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "wal_sync_method",
          "shared_buffers",
          "wal_buffers",
          "max_wal_size",
          "checkpoint_timeout",
          "wal_compression",
          "commit_delay",
          "jit");

  /**
   * System property: where the server's programs lie, or are to be unpacked, for many servers
   * alike; each unpacks its own where it is not set. A build starts a dozen.
   */
  private static final String PROGRAMS = "loadtest.postgres-programs";

  /** A peak's slips come from few venues, each with its false codes: as good as no limit. */
  static final String FALSE_CODES_AN_HOUR = "1000000000";

  static final String FALSE_CODES = "pass.slips.false-check-parts-an-hour";

  private final EmbeddedServer server;
  private final ProcessHandle postmaster;
  private final Map<ProcessHandle, Duration> usedBy = new HashMap<>();

  private Server(EmbeddedServer server, ProcessHandle postmaster) {
    this.server = server;
    this.postmaster = postmaster;
  }

  /**
   * @param directory of a server that {@link #start} has made before
   */
  public static Server startAgain(Path directory) throws IOException {
    sharePrograms(directory);
    return running(directory);
  }

  /**
   * @param directory that does not exist yet
   */
  public static Server start(Path directory) throws IOException, SQLException {
    return start(directory, Map.of());
  }

  /**
   * @param further settings, beside those of every server here
   */
  public static Server start(Path directory, Map<String, String> further)
      throws IOException, SQLException {
    sharePrograms(directory);
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.putAll(further);
    // Most of these are read at the start of a server.
    try (EmbeddedServer first = EmbeddedServer.start(DataDirectory.at(directory));
        Connection connection = first.superuser("postgres").getConnection()) {
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        execute(
            connection,
            "alter system set %s = '%s'"
                .formatted(setting.getKey(), setting.getValue().replace("'", "''")));
      }
      createRoles(connection, first);
    }
    return running(directory);
  }

  private static void sharePrograms(Path directory) throws IOException {
    String programs = System.getProperty(PROGRAMS);
    if (programs != null) {
      sharePrograms(directory, Path.of(programs));
    }
  }

  static void sharePrograms(Path directory, Path programs) throws IOException {
    Path link = directory.resolve("postgres-programs");
    if (!Files.exists(link)) {
      Path shared = Files.createDirectories(programs).toAbsolutePath();
      Files.createDirectories(directory);
      // A link that leads nowhere: what it led to was deleted since.
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, shared);
    }
  }

  private static Server running(Path directory) throws IOException {
    EmbeddedServer server = EmbeddedServer.start(DataDirectory.at(directory));
    return new Server(server, postmaster(directory).orElseThrow());
  }

  /** The server's process that runs now: another than at the start once that one was killed. */
  public static Optional<ProcessHandle> postmaster(Path directory) throws IOException {
    Path pid = directory.resolve("postgres").resolve("postmaster.pid");
    return Files.exists(pid)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).getFirst().strip()))
            .filter(ProcessHandle::isAlive)
        : Optional.empty();
  }

  /** As an administrator does who does not let the owner create roles. */
  private static void createRoles(Connection connection, EmbeddedServer server)
      throws SQLException {
    for (ApplicationRole role : ApplicationRole.values()) {
      execute(
          connection,
          "create role %s login password '%s'".formatted(role.roleName(), server.password(role)));
    }
    execute(connection, "create role pass_asker nologin");
    execute(
        connection,
        "grant pass_asker to %s with inherit false, set true"
            .formatted(ApplicationRole.READER.roleName()));
  }

  /** An empty database of the application's owner. */
  public void createDatabase(String name) throws SQLException {
    try (Connection connection = superuser("postgres").getConnection()) {
      execute(
          connection,
          "create database %s owner %s".formatted(name, ApplicationRole.OWNER.roleName()));
    }
  }

  /** A copy of a database that nobody is connected to. */
  public void copyDatabase(String name, String from) throws SQLException {
    try (Connection connection = superuser("postgres").getConnection()) {
      execute(
          connection,
          "create database %s template %s owner %s"
              .formatted(name, from, ApplicationRole.OWNER.roleName()));
    }
  }

  public PGSimpleDataSource superuser(String database) {
    return server.superuser(database);
  }

  /** Not pooled. */
  public PGSimpleDataSource as(ApplicationRole role, String database) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(server.jdbcUrl(database));
    dataSource.setUser(role.roleName());
    dataSource.setPassword(server.password(role));
    return dataSource;
  }

  /**
   * How the application is told of a database here.
   *
   * @param dataDirectory where it keeps keys
   */
  public Map<String, String> properties(String database, Path dataDirectory) {
    Map<String, String> properties = new HashMap<>();
    properties.put("spring.datasource.url", server.jdbcUrl(database));
    properties.put("pass.data-directory", dataDirectory.toString());
    properties.put(FALSE_CODES, FALSE_CODES_AN_HOUR);
    for (ApplicationRole role : ApplicationRole.values()) {
      properties.put(
          "pass.database.%s.password".formatted(role.name().toLowerCase(Locale.ROOT)),
          server.password(role));
    }
    return properties;
  }

  /** Asked of the server itself. */
  public Map<String, String> settings() throws SQLException {
    Map<String, String> settings = new LinkedHashMap<>();
    try (Connection connection = superuser("postgres").getConnection();
        var statement = connection.createStatement()) {
      for (String setting : SHOWN) {
        try (var row = statement.executeQuery("show " + setting)) {
          row.next();
          settings.put(setting, row.getString(1));
        }
      }
    }
    return settings;
  }

  /** Whether a setting, however it is written, is one by which an acknowledged slip may be lost. */
  static boolean isOfDurability(String setting) {
    return DURABLE.contains(setting.strip().toLowerCase(Locale.ROOT));
  }

  /**
   * Asked of the server itself, for a page says of every rate that it was durable.
   *
   * @param settings as {@link #settings} tells them
   * @throws IllegalStateException if what is acknowledged could be lost
   */
  static void mustBeDurable(Map<String, String> settings) {
    for (String setting : DURABLE) {
      if (!"on".equals(settings.get(setting))) {
        throw new IllegalStateException(
            "%s is %s, to be on".formatted(setting, settings.get(setting)));
      }
    }
  }

  /** Bytes of write-ahead log since the server was made. */
  long walBytes() {
    return bytes("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
  }

  /** What a database's tables and indexes take on disk. */
  long databaseBytes(String name) {
    return bytes("select pg_database_size('%s')".formatted(name));
  }

  private long bytes(String sql) {
    try (Connection connection = superuser("postgres").getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getBigDecimal(1).longValueExact();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Processor time of its processes so far, in nanoseconds: of those that have ended, what they had
   * used when this was asked last.
   */
  public synchronized long processorNanos() {
    Stream.concat(Stream.of(postmaster), postmaster.descendants())
        .forEach(
            process ->
                process.info().totalCpuDuration().ifPresent(used -> usedBy.put(process, used)));
    return usedBy.values().stream().mapToLong(Duration::toNanos).sum();
  }

  /** So that no way pays for what another left unwritten. */
  public void checkpoint() throws SQLException {
    try (Connection connection = superuser("postgres").getConnection()) {
      execute(connection, "checkpoint");
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  public static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
