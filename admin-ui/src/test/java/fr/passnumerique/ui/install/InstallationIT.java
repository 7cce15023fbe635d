package fr.passnumerique.ui.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An installation of the packaged jar. Its trial starts no application, which is what takes time:
 * {@code loadtest restart} plays that.
 */
class InstallationIT {
  /** Says what it is, and ends. */
  private static final String TRIAL = "org.apache.catalina.util.ServerInfo";

  private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC");

  @TempDir private Path directory;

  private record Ended(int status, String said) {}

  @Test
  void itStartsByItsArgumentsWithTheCacheAndWithoutOneThatDoesNotFit() throws Exception {
    Path home = directory.resolve("in stalled");
    Installation installation = Installation.make(jar(), home, TRIAL, OPTIONS);
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing of the trial is left")
          .containsExactlyInAnyOrder("lib", "pass.jar", "pass.aot", "start");
    }

    // On: Java ends where it would otherwise start without.
    assertThat(run("-XX:AOTMode=on", "@" + installation.start(), "install", "--help"))
        .matches(ended -> ended.status() == 0)
        .extracting(Ended::said)
        .asString()
        .contains("Usage");

    Path cache = home.resolve("pass.aot");
    Files.write(cache, Arrays.copyOf(Files.readAllBytes(cache), 1_000_000));
    assertThat(run("@" + installation.start(), "install", "--help"))
        .as("a cache that was cut short")
        .matches(ended -> ended.status() == 0)
        .extracting(Ended::said)
        .asString()
        .contains("[warning][aot]", "Usage");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Installation.make(jar(), home, TRIAL, OPTIONS))
        .withMessageContaining("is not empty; name another directory");
  }

  @Test
  void aTrialThatFailsIsNoInstallationAndSaysWhy() {
    Path home = directory.resolve("failed");

    assertThatIllegalStateException()
        .isThrownBy(() -> Installation.make(jar(), home, "no.such.Trial", OPTIONS))
        .withMessageContainingAll("the trial start failed", "install.log", "no.such.Trial");
    assertThat(home.resolve("start")).doesNotExist();
  }

  /** As {@code package} has made it. */
  private static Path jar() throws IOException {
    return only(Path.of("target"), "-exec.jar");
  }

  private static Path only(Path directory, String part) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().contains(part))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException("no %s in %s: run package".formatted(part, directory)));
    }
  }

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
