package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.projections.broker.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The application as a process of its own, which is started again whenever it has ended, as any
 * supervisor of services does. It ends with this process: then nobody holds its input open.
 */
final class Application implements AutoCloseable {
  private static final String SMALL =
      "-Xmx320m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m";

  /** Small, and quick to start: several share a machine with the database and the clients. */
  static final String OPTIONS = SMALL + " -XX:+UseSerialGC";

  private static final String MAIN = "fr.passnumerique.loadtest.Loadtest";
  private static final Duration WATCH = Duration.ofMillis(100);
  private static final int TOLD_LOG_LINES = 40;

  private final Path log;
  private final List<String> command;
  private final Map<String, String> properties;
  private final URI root;
  private final Thread watch;
  private boolean closing;
  private Process process;
  private @Nullable Process killed;
  private int endedByItself;

  private Application(Path log, List<String> command, Map<String, String> properties, int port)
      throws IOException {
    this.log = log;
    this.command = List.copyOf(command);
    this.properties = properties;
    this.root = URI.create("http://127.0.0.1:" + port);
    this.process = launch();
    this.watch = Thread.ofPlatform().daemon().name("application-watch").start(this::watch);
  }

  /**
   * From where this runs.
   *
   * @param log is appended to
   * @param properties as the application would be given
   */
  static Application start(Path log, Map<String, String> properties, int port) throws IOException {
    return start(log, command(), properties, port);
  }

  /**
   * @param log is appended to
   * @param command that runs it, see {@link ApplicationNode}
   * @param properties as the application would be given
   */
  static Application start(Path log, List<String> command, Map<String, String> properties, int port)
      throws IOException {
    Map<String, String> all = new HashMap<>(properties);
    all.put("server.address", "127.0.0.1");
    all.put("server.port", Integer.toString(port));
    return new Application(log, command, all, port);
  }

  /** What is run, for whoever judges what came of it. */
  static String told() {
    return "each application %s, run with %s"
        .formatted(Machine.application(), String.join(" ", options()));
  }

  /** A class cache fits the collector only that it was made with. */
  private static List<String> options() {
    List<String> cache = Machine.cacheOptions();
    return cache.isEmpty()
        ? List.of(OPTIONS.split(" "))
        : Stream.concat(cache.stream(), Stream.of(SMALL.split(" "))).toList();
  }

  /** That runs it from where this runs. */
  static List<String> command() {
    return JavaProgram.on(System.getProperty("java.class.path"))
        .command(options(), MAIN, List.of(ApplicationNode.NAME));
  }

  private Process launch() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    // Not as arguments: passwords would be seen by everybody on the machine.
    builder
        .environment()
        .put("SPRING_APPLICATION_JSON", FactCatalogue.JSON.writeValueAsString(properties));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(WATCH);
        synchronized (this) {
          if (closing) {
            return;
          }
          if (!process.isAlive()) {
            if (process != killed) {
              endedByItself++;
            }
            process = launch();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI root() {
    return root;
  }

  /** How often it had ended though nobody had killed it: it refuses to start without a database. */
  synchronized int endedByItself() {
    return endedByItself;
  }

  synchronized ProcessHandle process() {
    return process.toHandle();
  }

  /**
   * @param seconds by which its clock is wrong from now on
   */
  synchronized void setClock(long seconds) throws IOException {
    process.outputWriter(UTF_8).write(seconds + "\n");
    process.outputWriter(UTF_8).flush();
  }

  /** Ends it as kill -9 does. */
  synchronized void kill() {
    killed = process;
    process.destroyForcibly();
    process.onExit().join();
  }

  /** The one that was killed is not there any more; its successor is. */
  synchronized void startAgain() throws IOException {
    if (!process.isAlive()) {
      process = launch();
    }
  }

  String endOfLog() {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - TOLD_LOG_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      process.destroyForcibly();
      process.onExit().join();
    }
    watch.interrupt();
  }
}
