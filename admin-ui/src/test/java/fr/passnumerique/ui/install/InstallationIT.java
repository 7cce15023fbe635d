package fr.passnumerique.ui.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.passnumerique.projections.broker.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Installations of the packaged jar. No trial of theirs comes to slips, which is what takes time:
 * {@code loadtest restart} plays that.
 */
@Tag("long")
class InstallationIT {
  /** Says what it is, and ends. */
  private static final String TRIAL = "org.apache.catalina.util.ServerInfo";

  private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC");

  @TempDir private Path directory;

  private record Ended(int status, String said) {}

  @Test
  void itStartsByItsArgumentsWithTheCacheAndWithoutOneThatDoesNotFit() throws Exception {
    Path home = directory.resolve("in stalled");
    installWhereEverybodyMayWriteWhatIsMade(home);
    Path start = home.resolve("start");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("nothing of the trial is left")
          .containsExactlyInAnyOrder("lib", "pass.jar", "pass.aot", "start");
    }
    try (Stream<Path> files = Files.walk(home)) {
      assertThat(files)
          .as("closed to what others write")
          .allMatch(
              file ->
                  Collections.disjoint(
                      permissions(file),
                      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE)));
    }

    // On: Java ends where it would otherwise start without.
    assertThat(run("-XX:AOTMode=on", "@" + start, "install", "--help"))
        .matches(ended -> ended.status() == 0)
        .extracting(Ended::said)
        .asString()
        .contains("Usage");

    Path cache = home.resolve("pass.aot");
    Files.write(cache, Arrays.copyOf(Files.readAllBytes(cache), 1_000_000));
    assertThat(run("@" + start, "install", "--help"))
        .as("a cache that was cut short")
        .matches(ended -> ended.status() == 0)
        .extracting(Ended::said)
        .asString()
        .contains("[warning][aot]", "Usage");
  }

  @Test
  void aTrialThatFailsIsNoInstallationAndSaysWhy() {
    Path home = directory.resolve("failed");

    assertThatExceptionOfType(InstallationFailedException.class)
        .isThrownBy(() -> Installation.make(jar(), home, "no.such.Trial", OPTIONS))
        .withMessageContainingAll("the trial start failed", "install.log", "no.such.Trial");
    assertThat(home.resolve("start")).doesNotExist();
  }

  /** By a file of options, into which no installation looks. */
  @Test
  void theTrialOfTheApplicationEndsWhereADatabaseIsSetAndSaysWhy() throws Exception {
    Path more = Files.writeString(directory.resolve("options"), "-Dspring.datasource.url=ours");
    Path home = directory.resolve("of somebody");

    assertThatExceptionOfType(InstallationFailedException.class)
        .isThrownBy(
            () ->
                Installation.make(
                    jar(),
                    home,
                    TrialStart.class.getName(),
                    List.of("-XX:+UseSerialGC", "-XX:VMOptionsFile=" + more)))
        .withMessageContaining("spring.datasource.url is set");
    assertThat(home.resolve("trial")).isEmptyDirectory();
  }

  @Test
  void whatCannotBeInstalledIsToldInALine() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));

    assertThat(run("-jar", jar().toString(), "install", file.resolve("home").toString()))
        .matches(ended -> ended.status() == 1)
        .extracting(Ended::said)
        .asString()
        .contains("cannot install into", "name another directory")
        .doesNotContain("\tat ");
  }

  /** As {@code package} has made it; outside of Maven the last that it has made. */
  private static Path jar() throws IOException {
    String packaged = System.getProperty("pass.executable-jar");
    if (packaged != null) {
      return Path.of(packaged);
    }
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-exec.jar"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .orElseThrow(() -> new IllegalStateException("no executable jar: run package"));
    }
  }

  private static Set<PosixFilePermission> permissions(Path file) {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void installWhereEverybodyMayWriteWhatIsMade(Path home) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"));
    command.addAll(
        JavaProgram.on(System.getProperty("java.class.path"))
            .command(
                JavaProgram.forMinutes("-Xmx64m"),
                InstallationIT.class.getName(),
                List.of(jar().toAbsolutePath().toString(), home.toString())));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  public static void main(String[] arguments) throws Exception {
    Installation.make(Path.of(arguments[0]), Path.of(arguments[1]), TRIAL, OPTIONS);
  }

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(JavaProgram.java().toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), said);
  }
}
