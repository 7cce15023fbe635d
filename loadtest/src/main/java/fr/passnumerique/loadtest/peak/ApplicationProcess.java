package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.projections.broker.FreePort;
import fr.passnumerique.projections.broker.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application as a process of its own, on the Java and the class path that run this. */
public final class ApplicationProcess implements AutoCloseable {
  /** As it is. */
  static final String APPLICATION = "fr.passnumerique.ui.ClearingApplication";

  private static final Duration START = Duration.ofMinutes(10);
  private static final int TOLD_LOG_LINES = 30;

  private final Process process;
  private final Path log;
  private final URI root;

  private ApplicationProcess(Process process, Path log, URI root) {
    this.process = process;
    this.log = log;
    this.root = root;
  }

  /**
   * Of this Java, its options and its class path.
   *
   * @param main class that runs it
   */
  public static List<String> command(String main) {
    return JavaProgram.on(System.getProperty("java.class.path"))
        .command(Machine.options(), main, List.of());
  }

  /**
   * Returns at once.
   *
   * @param command that runs it, as {@link #command} tells it
   * @param log is written anew
   * @param properties as the application would be given, but for where it listens
   */
  static ApplicationProcess start(List<String> command, Path log, Map<String, String> properties)
      throws IOException {
    int port = FreePort.find();
    Map<String, String> all = new HashMap<>(properties);
    all.put("server.address", "127.0.0.1");
    all.put("server.port", Integer.toString(port));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Not as arguments: passwords would be seen by everybody on the machine.
    builder
        .environment()
        .put("SPRING_APPLICATION_JSON", FactCatalogue.JSON.writeValueAsString(all));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new ApplicationProcess(process, log, URI.create("http://127.0.0.1:%d".formatted(port)));
  }

  public URI root() {
    return root;
  }

  long pid() {
    return process.pid();
  }

  /** What it has said so far. */
  public List<String> log() throws IOException {
    return Files.readAllLines(log);
  }

  /** Processor time that it has used, in nanoseconds. */
  public long nanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /** Memory that it has, in bytes: heap, code, stacks, buffers. Told by Linux alone. */
  long residentBytes() throws IOException {
    return kilobytes(Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")), "VmRSS")
        * 1_024;
  }

  /**
   * @param status lines as {@code /proc/…/status} has them
   */
  static long kilobytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("this system does not tell " + name));
  }

  /** Of its whole heap, so that what is left is what it holds. */
  void collectGarbage() throws IOException, InterruptedException {
    Jcmd.run(pid(), "GC.run");
  }

  /**
   * What it tells an auditor, whose account is made for it, of itself; after a full collection.
   *
   * @param login of an account that is not there yet
   */
  public byte[] metrics(HttpClient http, Accounts accounts, String login)
      throws IOException, InterruptedException {
    Desk auditor = Desk.open(http, root, accounts, login, Role.AUDITOR, "");
    collectGarbage();
    return auditor.get("/actuator/prometheus");
  }

  void awaitHealth(HttpClient http) throws InterruptedException {
    HttpRequest health = HttpRequest.newBuilder(root.resolve("/actuator/health")).build();
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not there yet.
      }
      requireStarting(end);
      Thread.sleep(100);
    }
  }

  /**
   * @param end in {@link System#nanoTime()}
   * @throws IllegalStateException if it has ended, or takes too long
   */
  public void requireStarting(long end) {
    if (!process.isAlive() || System.nanoTime() > end) {
      throw new IllegalStateException(
          "the application did not start; its log ends with:\n" + endOfLog());
    }
  }

  /**
   * Tells it to stop, as a supervisor does (SIGTERM).
   *
   * @return its exit status
   * @throws IllegalStateException if it has not ended by then
   */
  int stop(Duration atMost) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(atMost)) {
      throw new IllegalStateException(
          "the application did not stop; its log ends with:\n" + endOfLog());
    }
    return process.exitValue();
  }

  /** Ends it at once (SIGKILL): nothing is written any more. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private String endOfLog() {
    try {
      List<String> lines = log();
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - TOLD_LOG_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
