package fr.passnumerique.loadtest.peak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells a Java process to do something, whether it is this one or another. */
final class Jcmd {
  private Jcmd() {}

  /**
   * Returns when it is done.
   *
   * @throws IllegalStateException if it was not
   */
  static void run(long pid, String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid)));
    all.addAll(List.of(command));
    int exit =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(
          "jcmd %s ended with %d".formatted(String.join(" ", command), exit));
    }
  }
}
