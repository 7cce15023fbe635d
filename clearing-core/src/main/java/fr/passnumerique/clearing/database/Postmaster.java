package fr.passnumerique.clearing.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier start left running on a cluster. A server outlives an application that was
 * killed, so {@code postmaster.pid} may name a living server, a dead one, or, its number given out
 * again, some other program. Only a {@code postgres} on this very directory is ever signalled.
 */
final class Postmaster {
  private static final Logger LOG = LoggerFactory.getLogger(Postmaster.class);

  private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(30);
  private static final Duration NEXT_MEANS = Duration.ofSeconds(5);

  /** Beyond the largest that Linux or macOS give out. */
  private static final String PID_OF_NOBODY = "2147483647";

  private final Path cluster;
  private final Path programs;
  private final ServerAccount account;

  Postmaster(Path cluster, ServerPrograms programs, ServerAccount account) {
    this.cluster = cluster;
    this.programs = programs.program("pg_ctl");
    this.account = account;
  }

  /** The living server that {@code postmaster.pid} names; empty when there is none. */
  Optional<ProcessHandle> alive() {
    return pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).filter(this::serves);
  }

  /**
   * Ends every server process on the cluster, the gentlest way first; all are safe for the data, as
   * a power cut is. Then the cluster can be started, whatever {@code postmaster.pid} says.
   */
  void endLeftovers() throws IOException {
    Optional<ProcessHandle> server = alive();
    if (server.isPresent()) {
      LOG.info(
          "A PostgreSQL (process {}) was left running on {} by an application that was ended;"
              + " stopping it",
          server.get().pid(),
          cluster);
      signal("INT", server.get());
      if (!gone(server.get(), FAST_SHUTDOWN)) {
        signal("QUIT", server.get());
        gone(server.get(), NEXT_MEANS);
      }
    }
    // Backends whose server was killed see it at their next step, which may be a long query away.
    for (ProcessHandle process : onThisCluster()) {
      process.destroy();
      if (!gone(process, NEXT_MEANS)) {
        process.destroyForcibly();
        if (!gone(process, NEXT_MEANS)) {
          throw new DatabaseUnavailableException(
              "process %d still works on %s and cannot be ended; end it, then start again"
                  .formatted(process.pid(), cluster));
        }
      }
    }
    disarmPidFile();
  }

  private void signal(String name, ProcessHandle process) {
    account.run(
        cluster.resolveSibling(""),
        List.of(programs.toString(), "kill", name, Long.toString(process.pid())));
  }

  /**
   * A dead process that nobody collects, as in a container whose first process is this one, counts.
   */
  boolean gone(ProcessHandle process, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (process.isAlive() && serves(process)) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Every process of the server, its backends among them where the system shows them. */
  List<ProcessHandle> onThisCluster() {
    return ProcessHandle.allProcesses().filter(this::serves).toList();
  }

  /**
   * A server names the cluster in its arguments; its backends, and a server whose cluster was moved
   * meanwhile, are known by their working directory, where the system shows it.
   */
  private boolean serves(ProcessHandle process) {
    return inCluster(process) || namesCluster(process);
  }

  boolean namesCluster(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    // The system may hide the program of another account's process, but not what it was called as.
    boolean postgres =
        info.command()
            .map(command -> Path.of(command).endsWith("postgres"))
            .orElseGet(() -> info.commandLine().orElse("").contains("/bin/postgres "));
    List<String> arguments = Arrays.asList(info.arguments().orElse(new String[0]));
    int option = arguments.indexOf("-D");
    return postgres
        && option >= 0
        && option + 1 < arguments.size()
        && arguments.get(option + 1).equals(cluster.toString());
  }

  private boolean inCluster(ProcessHandle process) {
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readSymbolicLink(proc.resolve("cwd")).equals(cluster)
          && Files.readSymbolicLink(proc.resolve("exe")).endsWith("postgres");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private Optional<Long> pid() {
    try {
      return Files.readAllLines(pidFile(), UTF_8).stream()
          .findFirst()
          .map(String::strip)
          .filter(line -> line.matches("\\d{1,18}"))
          .map(Long::valueOf);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * PostgreSQL refuses to start while any process has the number in the file, be it a shell. The
   * number goes; the rest stays, by which PostgreSQL itself sees shared memory that is still in
   * use.
   */
  private void disarmPidFile() throws IOException {
    if (!Files.exists(pidFile())) {
      return;
    }
    List<String> lines = Files.readAllLines(pidFile(), UTF_8);
    if (lines.isEmpty()) {
      Files.delete(pidFile());
      return;
    }
    lines.set(0, PID_OF_NOBODY);
    Files.write(pidFile(), lines, UTF_8);
  }

  private Path pidFile() {
    return cluster.resolve("postmaster.pid");
  }
}
