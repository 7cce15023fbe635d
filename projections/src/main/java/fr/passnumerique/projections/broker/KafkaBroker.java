package fr.passnumerique.projections.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * One broker, which is its own controller (KRaft), as a process of its own on the loopback address.
 * It survives kill -9 with its transactions right. The classes it runs, {@code
 * org.apache.kafka:kafka_2.13}, must lie on the class path given.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);
  private static final Duration END_PATIENCE = Duration.ofSeconds(30);
  private static final String BROKER_PORT = "broker.port";
  private static final String SETTINGS = "server.properties";
  private static final String MAIN = "kafka.Kafka";

  private final Path directory;
  private final JavaProgram program;
  private final List<String> options;
  private final int port;
  private @Nullable Process process;

  private KafkaBroker(Path directory, JavaProgram program, List<String> options, int port) {
    this.directory = directory;
    this.program = program;
    this.options = List.copyOf(options);
    this.port = port;
  }

  /**
   * Prepares a broker; a directory that has been prepared before is used as it is, with its data
   * and its port.
   *
   * @param options of its JVM, beside its own
   */
  public static KafkaBroker in(Path directory, String classPath, String... options) {
    try {
      Path absolute = directory.toAbsolutePath();
      Files.createDirectories(absolute);
      Path settings = absolute.resolve(SETTINGS);
      if (!Files.exists(settings)) {
        int port = FreePort.find();
        int controllerPort = FreePort.find();
        Files.writeString(settings, settings(absolute, port, controllerPort));
        Files.writeString(absolute.resolve("logback.xml"), QUIET);
      }
      Properties known = new Properties();
      known.load(new StringReader(Files.readString(settings)));
      KafkaBroker broker =
          new KafkaBroker(
              absolute,
              JavaProgram.on(classPath),
              List.of(options),
              Integer.parseInt(known.getProperty(BROKER_PORT)));
      if (!Files.exists(absolute.resolve("data").resolve("meta.properties"))) {
        broker.format();
      }
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String QUIET =
      """
      <configuration>
        <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{30} %msg%n</pattern></encoder>
        </appender>
        <root level="WARN"><appender-ref ref="out"/></root>
      </configuration>
      """;

  private static String settings(Path directory, int port, int controllerPort) {
    // A file of properties reads a backslash as an escape.
    String data = directory.resolve("data").toString().replace("\\", "\\\\");
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
    controller.listener.names=CONTROLLER
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    log.dirs=%3$s
    auto.create.topics.enable=false
    num.partitions=1
    default.replication.factor=1
    offsets.topic.replication.factor=1
    offsets.topic.num.partitions=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    transaction.state.log.num.partitions=1
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    group.initial.rebalance.delay.ms=0
    # After a kill -9 the broker waits until its own session has ended before it serves again.
    broker.session.timeout.ms=1000
    broker.heartbeat.interval.ms=200
    %4$s=%1$d
    """
        .formatted(port, controllerPort, data, BROKER_PORT);
  }

  private void format() throws IOException {
    Process format =
        java(
                "kafka.tools.StorageTool",
                List.of(
                    "format",
                    "--cluster-id",
                    Uuid.randomUuid().toString(),
                    "--config",
                    settings().toString(),
                    "--ignore-formatted"))
            .start();
    try {
      if (format.waitFor() != 0) {
        throw new IOException("the broker's storage cannot be formatted: " + endOfLog());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the broker's storage was formatted", e);
    }
  }

  private ProcessBuilder java(String mainClass, List<String> arguments) {
    List<String> all =
        JavaProgram.forMinutes(
            "-Xms128m",
            "-Xmx320m",
            "-Dlogback.configurationFile=" + directory.resolve("logback.xml"));
    return new ProcessBuilder(
            program.command(
                Stream.concat(all.stream(), options.stream()).toList(), mainClass, arguments))
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  /** Starts it and waits until it serves; one left over by a killed JVM is ended first. */
  public synchronized KafkaBroker start() {
    try {
      endLeftOver();
      Process started = java(MAIN, List.of(settings().toString())).start();
      process = started;
      Files.writeString(pidFile(), Long.toString(started.pid()));
      awaitServing(started);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In this process, for as long as that lives; does not return. */
  public void runHere() {
    try {
      Class.forName(MAIN)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[] {settings().toString()});
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the broker does not run in this process", e);
    }
  }

  /** Only a process that runs from this very directory: numbers of processes are used again. */
  private void endLeftOver() throws IOException {
    if (!Files.exists(pidFile())) {
      return;
    }
    Optional<ProcessHandle> leftOver =
        ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).strip()))
            .filter(
                handle ->
                    handle
                        .info()
                        .arguments()
                        .map(List::of)
                        .orElse(List.of())
                        .contains(settings().toString()));
    leftOver.ifPresent(
        handle -> {
          handle.destroy();
          try {
            handle.onExit().get(END_PATIENCE.toSeconds(), TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (ExecutionException | TimeoutException e) {
            // One that was frozen does not hear.
            handle.destroyForcibly();
            handle.onExit().join();
          }
        });
  }

  private void awaitServing(Process started) throws IOException {
    long end = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (!started.isAlive()) {
        throw new IOException("the broker ended at once: " + endOfLog());
      }
      try (Admin admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrapServers(),
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  1_000,
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  2_000))) {
        if (!admin.describeCluster().nodes().get().isEmpty()) {
          return;
        }
      } catch (ExecutionException | KafkaException e) {
        // Not yet.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the broker started", e);
      }
    }
    throw new IOException(
        "the broker does not serve after %d s: %s"
            .formatted(START_PATIENCE.toSeconds(), endOfLog()));
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** For whoever freezes it. */
  public synchronized Optional<ProcessHandle> process() {
    return Optional.ofNullable(process).map(Process::toHandle);
  }

  /** Ends it as kill -9 does. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
      process = null;
    }
  }

  /** Ends it as a shutdown does. */
  @Override
  public synchronized void close() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    process = null;
  }

  private Path settings() {
    return directory.resolve(SETTINGS);
  }

  private Path pidFile() {
    return directory.resolve("broker.pid");
  }

  private Path log() {
    return directory.resolve("broker.log");
  }

  private String endOfLog() throws IOException {
    String log = Files.exists(log()) ? Files.readString(log(), UTF_8) : "";
    return log.substring(Math.max(0, log.length() - 2_000));
  }
}
