package fr.passnumerique.ui.install;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.projections.broker.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedProcessTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir private Path directory;

  @Test
  void itIsToldNothingOfWhatIsSetWhereThisRunsAndWorksElsewhere() throws Exception {
    Path work = Files.createDirectory(directory.resolve("work"));
    Path log = directory.resolve("log");

    Process parent = runInAnotherJava("env; pwd", work, log);

    assertThat(parent.waitFor(LONG)).isTrue();
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.startsWith("PATH="))
        .noneMatch(line -> line.contains("nonsense"))
        .endsWith(work.toRealPath().toString());
  }

  @Test
  void oneThatTakesTooLongIsEndedWithWhatItHasStarted() throws Exception {
    Path log = directory.resolve("log");

    OptionalInt status =
        SealedProcess.run(
            List.of("sh", "-c", "sleep 60 & echo $!; wait"),
            directory,
            log,
            Duration.ofMillis(500));

    assertThat(status).isEmpty();
    awaitEndOf(pidIn(log));
  }

  @Test
  void itEndsWithTheOneThatRunsIt() throws Exception {
    Path log = directory.resolve("log");
    Process parent = runInAnotherJava("echo $$; exec sleep 60", directory, log);
    long end = System.nanoTime() + LONG.toNanos();
    while (!Files.exists(log) || Files.readString(log).isBlank()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }

    parent.destroy();

    assertThat(parent.waitFor(LONG)).isTrue();
    awaitEndOf(pidIn(log));
  }

  private static long pidIn(Path log) throws IOException {
    return Long.parseLong(Files.readAllLines(log).getFirst());
  }

  private static void awaitEndOf(long pid) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()) {
      assertThat(System.nanoTime()).as("process %d still runs", pid).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** Where a database and brokers are set. */
  private static Process runInAnotherJava(String script, Path work, Path log) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            JavaProgram.on(System.getProperty("java.class.path"))
                .command(
                    JavaProgram.forMinutes("-Xmx64m"),
                    SealedProcessTest.class.getName(),
                    List.of(script, work.toString(), log.toString())));
    builder
        .environment()
        .putAll(
            Map.of(
                "SPRING_DATASOURCE_URL", "nonsense",
                "SPRING_APPLICATION_JSON", "{\"nonsense\":1}",
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", "nonsense:9092",
                "SERVER_ADDRESS", "nonsense"));
    return builder.inheritIO().start();
  }

  public static void main(String[] arguments) throws Exception {
    SealedProcess.run(
        List.of("sh", "-c", arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), LONG);
  }
}
