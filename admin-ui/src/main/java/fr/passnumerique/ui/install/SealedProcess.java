package fr.passnumerique.ui.install;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process that knows nothing of where this one runs: variables of the environment and files of
 * the working directory are where an operator's database and brokers stand, and Spring Boot reads
 * both. It ends with this one at the latest.
 */
final class SealedProcess {
  /** Where programs are, whose they are, how names of files are written, where drafts go. */
  private static final Set<String> PASSED_ON = Set.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR");

  /** To stop its own database, which would go on without it. */
  private static final Duration TO_END = Duration.ofSeconds(30);

  private @Nullable Process process;
  private boolean over;

  private SealedProcess() {}

  /**
   * @param log what it says is added to it
   * @param patience after which it is ended
   * @return its exit status; empty if it had to be ended
   */
  static OptionalInt run(List<String> command, Path workingDirectory, Path log, Duration patience)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingDirectory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().keySet().retainAll(PASSED_ON);
    SealedProcess sealed = new SealedProcess();
    // First, since a Java that is ending takes none; and it stays, for later it does nothing.
    Runtime.getRuntime().addShutdownHook(new Thread(sealed::end));
    try {
      Process process = sealed.start(builder);
      return process.waitFor(patience) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
    } finally {
      sealed.end();
    }
  }

  private synchronized Process start(ProcessBuilder builder) throws IOException {
    if (over) {
      throw new IOException("this Java is ending, and starts nothing");
    }
    Process started = builder.start();
    process = started;
    return started;
  }

  private synchronized void end() {
    over = true;
    Process started = process;
    if (started == null) {
      return;
    }
    // The Java that puts the cache together is one of them.
    List<ProcessHandle> begotten = started.descendants().toList();
    started.destroy();
    try {
      if (!started.waitFor(TO_END)) {
        started.destroyForcibly();
      }
    } catch (InterruptedException e) {
      started.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    begotten.forEach(ProcessHandle::destroyForcibly);
  }
}
