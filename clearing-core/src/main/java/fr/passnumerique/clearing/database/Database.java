package fr.passnumerique.clearing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's database, ready: started if it is the embedded one, its schema that of this application,
 * one small pool of connections per role. No pool connects as the owner: what can change the
 * schema, and take the ledger's guard away, is forgotten once the migrations are done.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  /** The embedded server's one database. */
  static final String NAME = "pass";

  private static final int LEAST_VERSION = 18;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final List<ApplicationRole> POOLED =
      List.of(ApplicationRole.CLEARING, ApplicationRole.PROJECTIONS, ApplicationRole.READER);

  private final DatabaseSettings settings;
  private final DataDirectory dataDirectory;
  private final @Nullable EmbeddedServer server;
  private final String url;
  private final Map<ApplicationRole, HikariDataSource> pools = new EnumMap<>(ApplicationRole.class);

  private Database(
      DatabaseSettings settings,
      DataDirectory dataDirectory,
      @Nullable EmbeddedServer server,
      String url) {
    this.settings = settings;
    this.dataDirectory = dataDirectory;
    this.server = server;
    this.url = url;
  }

  /**
   * Starts or reaches the server; migrates, or compares the schema with this application's.
   *
   * @throws DatabaseUnavailableException when the server cannot be started or reached, or its
   *     schema is of another version
   */
  public static Database open(DatabaseSettings settings) {
    var directory = DataDirectory.at(settings.dataDirectory());
    if (settings.url() != null) {
      var database = new Database(settings, directory, null, settings.url());
      return database.prepared();
    }
    EmbeddedServer server = EmbeddedServer.start(directory);
    return new Database(settings, directory, server, server.jdbcUrl(NAME)).prepared();
  }

  /** Whether an embedded database was ever made in this data directory; makes nothing. */
  public static boolean isIn(Path dataDirectory) {
    return Files.isDirectory(dataDirectory.resolve(EmbeddedServer.CLUSTER));
  }

  private Database prepared() {
    try {
      if (server != null) {
        server.createDatabase(NAME);
      }
      if (settings.migrate()) {
        requireUsable(ApplicationRole.OWNER);
        migrations(ApplicationRole.OWNER).migrateUnlessCurrent();
      }
      if (server != null) {
        server.givePasswords();
      }
      requireUsable(anyRole());
      if (!settings.migrate()) {
        migrations(anyRole()).requireCurrent();
      }
      return this;
    } catch (SQLException e) {
      close();
      throw new DatabaseUnavailableException(
          "the embedded database cannot be prepared: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Migrations migrations(ApplicationRole role) {
    return new Migrations(url, username(role), password(role));
  }

  /**
   * That the server can be reached in a role, is of a version that this was tried with, and
   * durable.
   */
  private void requireUsable(ApplicationRole role) {
    try (Connection connection = unpooled(role).getConnection()) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < LEAST_VERSION) {
        throw new DatabaseUnavailableException(
            "%s is PostgreSQL %d; this application needs %d or later"
                .formatted(url, version, LEAST_VERSION));
      }
      if (!durable(connection)) {
        LOG.warn(
            "{} answers commits before they are on disk; set fsync, full_page_writes and"
                + " synchronous_commit, or a power cut undoes slips that venues were told are"
                + " accepted",
            url);
      }
    } catch (SQLException e) {
      throw unreachable(role, e);
    }
  }

  private DatabaseUnavailableException unreachable(ApplicationRole role, Exception cause) {
    return new DatabaseUnavailableException(
        "cannot connect to %s as %s: %s; check spring.datasource.url and %s.username and .password"
            .formatted(url, username(role), cause.getMessage(), DatabaseSettings.prefix(role)),
        cause);
  }

  static boolean durable(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select current_setting('fsync')::boolean
                   and current_setting('full_page_writes')::boolean
                   and current_setting('synchronous_commit') <> 'off'
                """)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  /** In whatever role this node works. */
  DataSource anyDataSource() {
    return dataSource(anyRole());
  }

  /** Any role may compare; a node knows the passwords of those it works as. */
  private ApplicationRole anyRole() {
    return POOLED.stream()
        .filter(role -> server != null || settings.account(role).given())
        .findFirst()
        .orElse(ApplicationRole.CLEARING);
  }

  /**
   * Pooled connections in a role, autocommit, READ COMMITTED. Those of {@link
   * ApplicationRole#CLEARING} prepare each statement on its first use and plan it once, whatever
   * its parameters.
   *
   * @throws IllegalArgumentException for the owner
   */
  public synchronized DataSource dataSource(ApplicationRole role) {
    if (!POOLED.contains(role)) {
      throw new IllegalArgumentException("no node works as " + role.roleName());
    }
    return pools.computeIfAbsent(role, this::pool);
  }

  private HikariDataSource pool(ApplicationRole role) {
    DatabaseSettings.Account account = settings.account(role);
    var config = new HikariConfig();
    config.setPoolName("pass-" + role.name().toLowerCase(Locale.ROOT));
    config.setDataSource(unpooled(role));
    config.setMaximumPoolSize(account.poolSize());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    if (role == ApplicationRole.CLEARING) {
      config.setConnectionInitSql("set plan_cache_mode = force_generic_plan");
    }
    // An account that this node was not told is not one it works as; nobody asks its pool.
    config.setInitializationFailTimeout(
        server != null || account.given() ? PATIENCE.toMillis() : -1);
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw unreachable(role, e);
    }
  }

  private String username(ApplicationRole role) {
    return server == null ? settings.account(role).username() : role.roleName();
  }

  private @Nullable String password(ApplicationRole role) {
    return server == null ? settings.account(role).password() : server.password(role);
  }

  private PGSimpleDataSource unpooled(ApplicationRole role) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(username(role));
    dataSource.setPassword(password(role));
    dataSource.setApplicationName("pass-" + role.name().toLowerCase(Locale.ROOT));
    dataSource.setTcpKeepAlive(true);
    if (role == ApplicationRole.CLEARING) {
      dataSource.setPrepareThreshold(1);
    } else {
      dataSource.setReWriteBatchedInserts(true);
    }
    return dataSource;
  }

  public DataDirectory dataDirectory() {
    return dataDirectory;
  }

  public boolean embedded() {
    return server != null;
  }

  /** Without user or password. */
  public String url() {
    return url;
  }

  /** Closes all connections, and stops the embedded server. */
  @Override
  public synchronized void close() {
    try {
      pools.values().forEach(HikariDataSource::close);
    } finally {
      if (server != null) {
        server.close();
      }
    }
  }
}
