package fr.passnumerique.clearing.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 18 that belongs to one data directory and lives as long as the application does:
 * listens on the loopback alone, asks every role for its password, and writes each commit to disk
 * before it answers. What it held is kept between starts, whatever ended the application or the
 * server: a server left running is stopped first, and PostgreSQL recovers from its log.
 *
 * <p>The library that brings the programs also has a start of its own. It is not used: it trusts
 * every user of the machine, adopts whatever answers on its port, stops in a shutdown hook while
 * the application still writes, and cannot run as root where user namespaces are forbidden.
 */
public final class EmbeddedServer implements AutoCloseable {
  /** Within the data directory. */
  static final String CLUSTER = "postgres";

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

  private static final String MAJOR_VERSION = "18";
  private static final String SUPERUSER = "postgres";

  /** Recovery of a large write-ahead log takes its time; it is never cut short for being slow. */
  private static final String START_SECONDS = "300";

  private static final String STOP_SECONDS = "60";

  private static final Duration WATCH = Duration.ofSeconds(1);

  /** While starts fail, why is logged no more often. */
  private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

  private final DataDirectory directory;
  private final DataDirectory.Lock lock;
  private final ServerAccount account;
  private final ServerPrograms programs;
  private final ServerPasswords passwords;
  private final Path cluster;
  private final Postmaster postmaster;
  private int port;

  /** Whether the server is to run: false while it is stopped on purpose. */
  private boolean wanted;

  /** Whether it could not be started again yet, and when why was logged last. */
  private boolean failing;

  private long toldAtNanos;

  private EmbeddedServer(
      DataDirectory directory,
      DataDirectory.Lock lock,
      ServerAccount account,
      ServerPrograms programs,
      ServerPasswords passwords) {
    this.directory = directory;
    this.lock = lock;
    this.account = account;
    this.programs = programs;
    this.passwords = passwords;
    this.cluster = directory.path().resolve(CLUSTER);
    this.postmaster = new Postmaster(cluster, programs, account);
  }

  /**
   * Starts the server of a data directory; the first start creates it. Returns when it accepts
   * connections.
   *
   * @throws DatabaseUnavailableException when another process has the directory, or the server
   *     cannot be started
   */
  public static EmbeddedServer start(DataDirectory directory) {
    try {
      return start(
          directory,
          ServerAccount.of(directory.path()),
          directory.path().resolve("postgres-programs"));
    } catch (IOException e) {
      throw new DatabaseUnavailableException("cannot start PostgreSQL in " + directory.path(), e);
    }
  }

  /**
   * @param programs where the programs are unpacked, or were by an earlier start
   */
  static EmbeddedServer start(DataDirectory directory, ServerAccount account, Path programs)
      throws IOException {
    DataDirectory.Lock lock = directory.lock();
    try {
      var server =
          new EmbeddedServer(
              directory,
              lock,
              account,
              ServerPrograms.unpackedIn(programs),
              ServerPasswords.keptIn(directory));
      server.createCluster();
      server.startServer();
      Thread.ofPlatform().daemon().name("postgres-watch").start(server::watch);
      return server;
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** Ends what an abandoned data directory still runs, and deletes it; not one that is in use. */
  static void remove(DataDirectory directory, Path programs) throws IOException {
    try (var _ = directory.lock()) {
      var account = ServerAccount.of(directory.path());
      new Postmaster(
              directory.path().resolve(CLUSTER), ServerPrograms.unpackedIn(programs), account)
          .endLeftovers();
      deleteTree(directory.path());
    } catch (DatabaseUnavailableException e) {
      LOG.debug("{} stays", directory.path(), e);
    }
  }

  DataDirectory directory() {
    return directory;
  }

  public int port() {
    return port;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
  }

  public String password(ApplicationRole role) {
    return passwords.of(role);
  }

  /**
   * Not for applications: creates databases and roles, and is what tests and load tests break and
   * measure things with.
   */
  public PGSimpleDataSource superuser(String database) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setUrl(jdbcUrl(database));
    dataSource.setUser(SUPERUSER);
    dataSource.setPassword(passwords.ofSuperuser());
    return dataSource;
  }

  /** Creates an empty database, and the role that owns it, unless they are there. */
  void createDatabase(String name) throws SQLException {
    try (var connection = superuser("postgres").getConnection()) {
      if (!exists(
          connection,
          "select from pg_catalog.pg_roles where rolname = ?",
          ApplicationRole.OWNER.roleName())) {
        execute(
            connection,
            "create role %s login createrole".formatted(ApplicationRole.OWNER.roleName()));
      }
      givePasswords(connection);
      if (!exists(connection, "select from pg_catalog.pg_database where datname = ?", name)) {
        execute(
            connection,
            "create database %s owner %s".formatted(name, ApplicationRole.OWNER.roleName()));
      }
    }
  }

  /** After the migrations made the application's roles: until then they have no password. */
  void givePasswords() throws SQLException {
    try (var connection = superuser("postgres").getConnection()) {
      givePasswords(connection);
    }
  }

  private void givePasswords(Connection connection) throws SQLException {
    for (ApplicationRole role : ApplicationRole.values()) {
      if (exists(
          connection,
          "select from pg_catalog.pg_authid where rolname = ? and rolpassword is null",
          role.roleName())) {
        // Hashed on this side: the password itself reaches neither the server nor its log.
        connection
            .unwrap(PGConnection.class)
            .alterUserPassword(role.roleName(), passwords.of(role).toCharArray(), "scram-sha-256");
      }
    }
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void createCluster() throws IOException {
    if (account instanceof ServerAccount.Unprivileged unprivileged) {
      letPass(unprivileged);
    }
    if (Files.exists(cluster)) {
      account.own(cluster);
      String version = Files.readString(cluster.resolve("PG_VERSION")).strip();
      if (!version.equals(MAJOR_VERSION)) {
        throw new DatabaseUnavailableException(
            "%s was written by PostgreSQL %s, this application brings %s; move the data with pg_upgrade or dump and restore"
                .formatted(cluster, version, MAJOR_VERSION));
      }
      return;
    }
    LOG.info("Creating a PostgreSQL {} in {}", MAJOR_VERSION, cluster);
    // Under another name until it is whole: one that was cut short is thrown away.
    Path draft = directory.path().resolve("postgres-draft");
    deleteTree(draft);
    Files.createDirectory(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path passwordFile =
        directory.replace("postgres-password", passwords.ofSuperuser().getBytes(UTF_8));
    account.own(draft);
    account.own(passwordFile);
    try {
      account.run(
          directory.path(),
          List.of(
              programs.program("initdb").toString(),
              "--pgdata=" + draft,
              "--username=" + SUPERUSER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              // Sorts alike on every machine, for ever: the system's own collations change with it.
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--data-checksums"));
    } finally {
      Files.delete(passwordFile);
    }
    Files.move(draft, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Through the data directory, without a look at what else is in it. */
  private void letPass(ServerAccount.Unprivileged account) throws IOException {
    var permissions = Files.getPosixFilePermissions(directory.path());
    permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
    Files.setPosixFilePermissions(directory.path(), permissions);
    try {
      account.run(directory.path(), List.of("test", "-x", directory.path().toString()));
    } catch (DatabaseUnavailableException e) {
      throw new DatabaseUnavailableException(
          "PostgreSQL does not run as root, and here only as user %d, to whom %s is closed; run as an ordinary user, or name with pass.data-directory a place that everybody may pass through to"
              .formatted(account.uid(), directory.path()),
          e);
    }
  }

  private void startServer() throws IOException {
    postmaster.endLeftovers();
    port = keptPort();
    var options = new ArrayList<String>();
    for (String setting :
        List.of(
            "listen_addresses=127.0.0.1",
            "port=" + port,
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "password_encryption=scram-sha-256",
            "timezone=UTC",
            "log_timezone=UTC",
            // A week of logs, and no more.
            "logging_collector=on",
            "log_directory=log",
            "log_filename=postgresql-%a.log",
            "log_truncate_on_rotation=on",
            "log_rotation_age=1d",
            "log_rotation_size=0")) {
      options.add("-c " + setting);
    }
    if (System.getProperty("os.name").startsWith("Mac")) {
      // Else the drive may keep a commit in its own memory.
      options.add("-c wal_sync_method=fsync_writethrough");
    }
    Path startupLog = cluster.resolve("startup.log");
    Files.deleteIfExists(startupLog);
    try {
      account.run(
          directory.path(),
          List.of(
              programs.program("pg_ctl").toString(),
              "start",
              "--pgdata=" + cluster,
              "--wait",
              "--timeout=" + START_SECONDS,
              "--silent",
              "--log=" + startupLog,
              "--options=" + String.join(" ", options)));
    } catch (DatabaseUnavailableException e) {
      throw new DatabaseUnavailableException(
          "PostgreSQL in %s did not start: %s".formatted(cluster, lastLogged(startupLog)), e);
    }
    wanted = true;
    failing = false;
    LOG.info("PostgreSQL serves {} on port {}", cluster, port);
  }

  /** The end of what the server said last, be it before or after its own log was open. */
  private String lastLogged(Path startupLog) throws IOException {
    Path logs = cluster.resolve("log");
    var files = new ArrayList<Path>();
    if (Files.exists(startupLog)) {
      files.add(startupLog);
    }
    if (Files.exists(logs)) {
      try (Stream<Path> found = Files.list(logs)) {
        found.max(Comparator.comparing(log -> log.toFile().lastModified())).ifPresent(files::add);
      }
    }
    var lines = new ArrayList<String>();
    for (Path file : files) {
      List<String> all = Files.readAllLines(file);
      lines.addAll(all.subList(Math.max(0, all.size() - 10), all.size()));
    }
    return String.join("\n", lines);
  }

  /** The port of the last start, so that a bookmark stays good; another when it is taken. */
  private int keptPort() throws IOException {
    Path file = directory.path().resolve("postgres-port");
    if (Files.exists(file)) {
      String kept = Files.readString(file).strip();
      if (kept.matches("\\d{1,5}") && isFree(Integer.parseInt(kept))) {
        return Integer.parseInt(kept);
      }
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int free = socket.getLocalPort();
      directory.replace("postgres-port", (free + "\n").getBytes(UTF_8));
      return free;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts the server again when something else ended it, for as long as it is wanted. */
  private void watch() {
    while (lock.channel().isOpen()) {
      try {
        Thread.sleep(WATCH);
      } catch (InterruptedException e) {
        return;
      }
      synchronized (this) {
        if (wanted && postmaster.alive().isEmpty()) {
          startAgain();
        }
      }
    }
  }

  /**
   * A disk that is full ends the server and lets it start no more until there is room: each second
   * anew, and not as many lines on a disk that may be the same.
   */
  private void startAgain() {
    boolean first = !failing;
    if (first) {
      LOG.error("PostgreSQL in {} is gone without having been stopped; starting it again", cluster);
    }
    try {
      startServer();
    } catch (IOException | RuntimeException e) {
      failing = true;
      if (first || System.nanoTime() - toldAtNanos > BETWEEN_LINES.toNanos()) {
        toldAtNanos = System.nanoTime();
        LOG.error(
            "PostgreSQL in {} cannot be started; trying again each second until it can",
            cluster,
            e);
      }
    }
  }

  /** The server's process; empty when it is down. */
  Optional<ProcessHandle> process() {
    return postmaster.alive();
  }

  /** Starts again what {@link #stop} or a failure ended, on the same port. */
  synchronized void restart() {
    try {
      startServer();
    } catch (IOException e) {
      throw new DatabaseUnavailableException("cannot restart PostgreSQL in " + cluster, e);
    }
  }

  /** Ends open transactions, writes all to disk, stops. Nothing happens when it is down. */
  synchronized void stop() {
    wanted = false;
    if (postmaster.alive().isPresent()) {
      account.run(
          directory.path(),
          List.of(
              programs.program("pg_ctl").toString(),
              "stop",
              "--pgdata=" + cluster,
              "--mode=fast",
              "--wait",
              "--timeout=" + STOP_SECONDS,
              "--silent"));
    }
  }

  /** Ends all its processes at once, as the system does when memory is short. For tests. */
  synchronized void kill() {
    wanted = false;
    List<ProcessHandle> processes = postmaster.onThisCluster();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> postmaster.gone(process, Duration.ofSeconds(10)));
  }

  /**
   * Gives the directory free and leaves the server running, as the end of a process does. For
   * tests.
   */
  synchronized void abandon() {
    wanted = false;
    lock.close();
  }

  /** Stops the server and gives the directory free. */
  @Override
  public void close() {
    try {
      stop();
    } finally {
      lock.close();
    }
  }

  /** With all that is in it; nothing happens if there is none. */
  public static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
