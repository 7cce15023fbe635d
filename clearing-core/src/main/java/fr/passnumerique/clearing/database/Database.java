package fr.passnumerique.clearing.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A node's database, ready: started if it is the embedded one, its schema that of this application,
 * one small pool of connections per role. No pool connects as the owner: what can change the
 * schema, and take the ledger's guard away, is forgotten once the migrations are done.
 */
public final class Database implements AutoCloseable {
  /** The embedded server's one database. */
  static final String NAME = "pass";

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

  private Database prepared() {
    try {
      if (server != null) {
        server.createDatabase(NAME);
      }
      if (settings.migrate()) {
        new Migrations(unpooled(ApplicationRole.OWNER)).migrate();
      }
      if (server != null) {
        server.givePasswords();
      }
      new Migrations(unpooled(comparingRole())).requireCurrent();
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

  /** Any role may compare; a node knows the passwords of those it works as. */
  private ApplicationRole comparingRole() {
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
      throw new DatabaseUnavailableException(
          "cannot connect to %s as %s: %s; check spring.datasource.url and %s.username and .password"
              .formatted(url, account.username(), e.getMessage(), DatabaseSettings.prefix(role)),
          e);
    }
  }

  private PGSimpleDataSource unpooled(ApplicationRole role) {
    DatabaseSettings.Account account = settings.account(role);
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(server == null ? account.username() : role.roleName());
    dataSource.setPassword(server == null ? account.password() : server.password(role));
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
