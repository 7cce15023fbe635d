package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * A base backup of a running server and what is needed to go back to any instant after it: the
 * archive of the server's write-ahead log. Done by the low-level interface of PostgreSQL's manual,
 * because the server that the product brings comes without {@code pg_basebackup}.
 *
 * @param files copied
 * @param bytes of these
 * @param took from its request until all of the log that it needs was archived
 */
record BaseBackup(Path directory, int files, long bytes, Duration took) {
  private static final String CLUSTER = "postgres";

  /** As a setting of PostgreSQL wants it: without the Z of ISO 8601, which it refuses there. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

  /** Of the embedded server, beside its cluster. */
  private static final String PASSWORDS = "postgres-passwords.properties";

  /** What a server makes anew; the log comes from the archive. */
  private static final Set<String> LEFT_EMPTY =
      Set.of(
          "log",
          "pg_dynshmem",
          "pg_notify",
          "pg_replslot",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans",
          "pg_wal");

  /** What belongs to the server that runs. */
  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "startup.log", "pg_internal.init");

  /**
   * What a server is set to that archives its log: each segment is whole in the archive and on
   * disk, by its name too, before PostgreSQL is told so, and one that was there is written again
   * the same.
   *
   * @param archive of which no other server writes to
   */
  static Map<String, String> archivingTo(Path archive) {
    return Map.of(
        "archive_mode",
        "on",
        "archive_command",
        "cp %%p %1$s/.%%f && sync %1$s/.%%f && mv %1$s/.%%f %1$s/%%f && sync %1$s"
            .formatted(quoted(archive)));
  }

  /** How a restored server is told where the log is, and when to stop reading it. */
  private static String recovery(Path archive, Instant until) {
    return """
    restore_command = '%s'
    recovery_target_time = '%s'
    recovery_target_action = 'promote'
    """
        .formatted(
            "cp %s/%%f %%p".formatted(quoted(archive)).replace("\\", "\\\\").replace("'", "''"),
            TIME.format(until));
  }

  /** For the shell that PostgreSQL hands a command to, after it has read each % itself. */
  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''").replace("%", "%%") + "'";
  }

  /**
   * Takes it while the server works.
   *
   * @param server the directory that it was started in
   * @param directory is made
   */
  static BaseBackup take(DataSource superuser, Path server, Path directory)
      throws IOException, SQLException {
    long begun = System.nanoTime();
    Copy copy;
    // The same session ends it: another's end would not know of it.
    try (Connection connection = superuser.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("select pg_backup_start('restore', true)");
      copy = Copy.of(server.resolve(CLUSTER), directory.resolve(CLUSTER));
      try (var ended = statement.executeQuery("select labelfile from pg_backup_stop(true)")) {
        ended.next();
        Files.writeString(
            directory.resolve(CLUSTER).resolve("backup_label"), ended.getString(1), UTF_8);
      }
    }
    Files.copy(
        server.resolve(PASSWORDS),
        directory.resolve(PASSWORDS),
        StandardCopyOption.COPY_ATTRIBUTES);
    return new BaseBackup(
        directory, copy.files, copy.bytes, Duration.ofNanos(System.nanoTime() - begun));
  }

  /**
   * Makes a directory of it in which a server, once started, reads the archived log up to an
   * instant and then serves.
   *
   * @param server is made
   * @param until included
   */
  void restore(Path server, Path archive, Instant until) throws IOException {
    Copy.of(directory, server);
    Path cluster = server.resolve(CLUSTER);
    Files.writeString(
        cluster.resolve("postgresql.auto.conf"),
        recovery(archive, until),
        StandardOpenOption.APPEND);
    Files.createFile(cluster.resolve("recovery.signal"));
  }

  /**
   * The server of a restored directory. Returns when it writes.
   *
   * @throws IllegalStateException if it does not in time
   */
  static Server start(Path directory, Duration atMost)
      throws IOException, SQLException, InterruptedException {
    Server server = Server.startAgain(directory);
    long end = System.nanoTime() + atMost.toNanos();
    try (Connection connection = server.superuser("postgres").getConnection();
        var statement = connection.createStatement()) {
      while (true) {
        try (var row = statement.executeQuery("select pg_is_in_recovery()")) {
          row.next();
          if (!row.getBoolean(1)) {
            return server;
          }
        }
        if (System.nanoTime() > end) {
          throw new IllegalStateException(
              "the restored server still recovers after %d s".formatted(atMost.toSeconds()));
        }
        Thread.sleep(5);
      }
    } catch (SQLException | InterruptedException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Of a tree that changes meanwhile: what vanishes was not needed, the log knows of it. */
  static final class Copy extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;
    private int files;
    private long bytes;

    Copy(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    static Copy of(Path from, Path to) throws IOException {
      Files.createDirectories(to.resolveSibling(""));
      Copy copy = new Copy(from, to);
      Files.walkFileTree(from, copy);
      return copy;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      // PostgreSQL refuses a directory that is open to others.
      Files.createDirectory(
          to.resolve(from.relativize(directory)),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return LEFT_EMPTY.contains(directory.getFileName().toString())
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = file.getFileName().toString();
      if (!LEFT_OUT.contains(name) && !name.startsWith("pgsql_tmp")) {
        Path copy = to.resolve(from.relativize(file));
        try {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
          return visitFileFailed(file, e);
        }
        files++;
        bytes += Files.size(copy);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
