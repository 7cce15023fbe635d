package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  @TempDir private Path home;

  @Test
  void theProgramsOfABuildThatWasCleanedSinceAreSharedAnew() throws IOException {
    Path directory = home.resolve("server");
    Server.sharePrograms(directory, home.resolve("cleaned"));
    Files.delete(home.resolve("cleaned"));

    Server.sharePrograms(directory, home.resolve("programs"));

    assertThat(directory.resolve("postgres-programs").toRealPath())
        .isEqualTo(home.resolve("programs").toRealPath());
  }
}
