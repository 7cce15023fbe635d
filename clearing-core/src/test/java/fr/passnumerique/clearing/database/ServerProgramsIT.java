package fr.passnumerique.clearing.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProgramsIT {
  @TempDir private Path directory;

  /** What each of the processes does. */
  static void main(String[] directory) throws Exception {
    ServerPrograms.unpackedIn(Path.of(directory[0]));
  }

  @Test
  void ofProcessesAtOnceOneUnpacksAndNoneTakesAwayWhatAnotherWrites() throws Exception {
    Path abandoned = Files.createDirectories(directory.resolve(".draft1/bin"));
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      all.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ServerProgramsIT.class.getName(),
                  directory.toString())
              .inheritIO()
              .start());
    }

    for (Process one : all) {
      assertThat(one.waitFor()).isZero();
    }
    assertThat(abandoned).doesNotExist();
    Path home = ServerPrograms.unpackedIn(directory).home();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrder(home, directory.resolve(".lock"));
    }
    assertThat(home.resolve("bin/postgres")).isExecutable();
  }
}
