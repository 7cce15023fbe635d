package fr.passnumerique.loadtest.crash;

import fr.passnumerique.projections.broker.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Ends PostgreSQL and broker when the process that ran them is gone without having ended them: they
 * are programs of others, and would live on. Itself a process, it notices by the end of its input.
 */
@Command(name = Guard.NAME, hidden = true)
public final class Guard implements Callable<Integer> {
  static final String NAME = "crash-guard";

  /** Where they write their numbers. */
  private static final List<String> NUMBERS =
      List.of(
          "database/postgres/postmaster.pid",
          "restored/postgres/postmaster.pid",
          "broker/broker.pid");

  /** One that was just being started has not written its number yet. */
  private static final int LOOKS = 25;

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  @Parameters private Path home;

  /** For picocli, which sets the parameter. */
  @SuppressWarnings("NullAway.Init")
  public Guard() {}

  static Process start(Path home) throws IOException {
    return new ProcessBuilder(
            JavaProgram.on(System.getProperty("java.class.path"))
                .command(
                    JavaProgram.forMinutes("-Xmx32m"),
                    "fr.passnumerique.loadtest.Loadtest",
                    List.of(NAME, home.toString())))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("guard.log").toFile()))
        .start();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    boolean any = true;
    for (int look = 0; look < LOOKS && any; look++) {
      any = false;
      for (String number : NUMBERS) {
        Optional<ProcessHandle> running = running(home.resolve(number));
        if (running.isPresent()) {
          any = true;
          running.get().destroyForcibly();
          running.get().onExit().completeOnTimeout(running.get(), 5, TimeUnit.SECONDS).join();
        }
      }
      if (any || look == 0) {
        any = true;
        Thread.sleep(BETWEEN_LOOKS);
      }
    }
    return 0;
  }

  /** Numbers are given out again: whoever began after the file was written is somebody else. */
  static Optional<ProcessHandle> running(Path number) throws IOException {
    if (!Files.exists(number)) {
      return Optional.empty();
    }
    Instant written = Files.getLastModifiedTime(number).toInstant();
    return Files.readAllLines(number).stream()
        .findFirst()
        .map(String::strip)
        .filter(line -> line.matches("\\d{1,18}"))
        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
        .filter(ProcessHandle::isAlive)
        .filter(
            process ->
                process
                    .info()
                    .startInstant()
                    .map(started -> !started.isAfter(written.plusSeconds(1)))
                    .orElse(false));
  }
}
