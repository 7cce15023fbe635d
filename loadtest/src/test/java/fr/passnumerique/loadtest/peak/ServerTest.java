package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"fsync, off", "synchronous_commit, local", "full_page_writes, off"})
  void aServerThatCouldLoseWhatIsAcknowledgedIsNotMeasured(String setting, String value) {
    Map<String, String> settings =
        new HashMap<>(Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on"));
    assertThatCode(() -> Server.mustBeDurable(settings)).doesNotThrowAnyException();

    settings.put(setting, value);

    assertThatThrownBy(() -> Server.mustBeDurable(settings))
        .hasMessage(setting + " is " + value + ", to be on");
  }
}
