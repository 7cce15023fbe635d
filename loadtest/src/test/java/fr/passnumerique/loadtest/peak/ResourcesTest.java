package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.projections.broker.JavaProgram;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourcesTest {
  @TempDir private Path directory;

  /** As ctrl-c and SIGTERM end a command. */
  @Test
  void whatARunHasStartedIsClosedInTheOppositeOrderWhenItIsInterrupted() throws Exception {
    Path closed = directory.resolve("closed");
    Process run =
        new ProcessBuilder(
                JavaProgram.on(System.getProperty("java.class.path"))
                    .command(
                        JavaProgram.forMinutes("-Xmx32m"),
                        Waiting.class.getName(),
                        List.of(closed.toString())))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = run.inputReader()) {
      assertThat(out.readLine()).isEqualTo("started");

      run.destroy();
      run.waitFor();
    }

    assertThat(Files.readAllLines(closed)).containsExactly("server", "directory");
  }

  /** A run that never comes to its end. */
  static final class Waiting {
    private Waiting() {}

    public static void main(String[] arguments) throws Exception {
      Path closed = Path.of(arguments[0]);
      Resources resources = new Resources();
      for (String name : List.of("directory", "server")) {
        resources.add(
            () ->
                Files.writeString(
                    closed, name + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND));
      }
      System.out.println("started");
      Thread.sleep(Long.MAX_VALUE);
    }
  }
}
