package fr.passnumerique.loadtest.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.projections.broker.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A node in a process of its own. It ends with this process: then nobody holds its input open. */
final class Child implements AutoCloseable {
  /** Before what a node says of its state, which is kept apart from its other words. */
  static final String STATE = "state ";

  private static final String MAIN = "fr.passnumerique.loadtest.Loadtest";

  private final String name;
  private final Process process;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private volatile String state = "";

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread.ofPlatform().daemon().name("of-" + name).start(this::listen);
  }

  /**
   * @param command of this command line that runs the node
   */
  static Child start(Path directory, String name, String command, Map<String, String> settings)
      throws IOException {
    Path file = directory.resolve(name + ".properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (var out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    Process process =
        new ProcessBuilder(
                JavaProgram.on(System.getProperty("java.class.path"))
                    .command(
                        JavaProgram.forMinutes("-Xmx256m"),
                        MAIN,
                        List.of(command, file.toAbsolutePath().toString())))
            .redirectError(
                ProcessBuilder.Redirect.appendTo(directory.resolve(name + ".log").toFile()))
            .start();
    return new Child(name, process);
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith(STATE)) {
          state = line.substring(STATE.length());
        } else {
          said.add(line);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // It was killed.
    }
  }

  String name() {
    return name;
  }

  /** As it last said itself. */
  String state() {
    return state;
  }

  void tell(String word) throws IOException {
    process.outputWriter(UTF_8).write(word + "\n");
    process.outputWriter(UTF_8).flush();
  }

  /**
   * @return whether it said so in time
   */
  boolean hears(String word, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      String line = said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null || line.equals(word)) {
        return line != null;
      }
    }
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void freeze() {
    signal("STOP", process.toHandle());
  }

  void wake() {
    signal("CONT", process.toHandle());
  }

  /** Java has no way to send these. */
  static void signal(String name, ProcessHandle to) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, Long.toString(to.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -%s %d failed".formatted(name, to.pid()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }
}
