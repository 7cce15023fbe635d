package fr.passnumerique.ui.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import fr.passnumerique.projections.broker.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before an installation begins; {@link InstallationIT} makes one. */
class InstallationTest {
  private static final String NO_JAR = "no-such.jar";

  @TempDir private Path directory;

  @Test
  void aDirectoryWithSomethingInItIsRefusedWithoutTheAdviceToDeleteIt() throws Exception {
    Files.createFile(directory.resolve("start"));

    assertThatIllegalArgumentException()
        .isThrownBy(make(directory))
        .withMessageContainingAll(
            directory.toString(), "is not empty; name another directory", "may run from this one")
        .withMessageNotContaining("delete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxr-x", "rwxr-xrwx"})
  void aDirectoryThatOthersMayWriteIsRefused(String permissions) throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

    assertThatIllegalArgumentException()
        .isThrownBy(make(directory))
        .withMessageContainingAll(directory.toString(), "chmod go-w", "not there yet");
    assertThat(directory).isEmptyDirectory();
  }

  /** Anybody but root may not write into one anyway. */
  @Test
  void aDirectoryOfSomebodyElseIsRefusedAlsoForRoot() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Files.setAttribute(directory, "unix:uid", 65_534);

    assertThatIllegalArgumentException()
        .isThrownBy(make(directory))
        .withMessageContainingAll(directory + " belongs to", "install as that user");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryIsMadeThatOthersMayReadAndNotWrite() throws Exception {
    Path home = directory.resolve("pass/2.4");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 000; exec \"$@\"", "sh"));
    command.addAll(
        JavaProgram.on(System.getProperty("java.class.path"))
            .command(
                JavaProgram.forMinutes("-Xmx64m"),
                InstallationTest.class.getName(),
                List.of(home.toString())));

    Process process = new ProcessBuilder(command).inheritIO().start();

    assertThat(process.waitFor(Duration.ofMinutes(1))).isTrue();
    for (Path made : List.of(home, home.resolveSibling(""))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwxr-xr-x");
    }
  }

  public static void main(String[] arguments) throws Exception {
    assertThatExceptionOfType(InstallationFailedException.class)
        .isThrownBy(make(Path.of(arguments[0])));
  }

  @Test
  void whatCannotBeDoneIsToldWithWhereItsLogIs() {
    Path home = directory.resolve("home");
    assertThatExceptionOfType(InstallationFailedException.class)
        .isThrownBy(make(home))
        .withMessageContainingAll(
            "the jar could not be taken apart", home.resolve("install.log").toString(), NO_JAR);
  }

  @Test
  void whereNothingCanBeWrittenThatIsTold() throws Exception {
    Path home = Files.createFile(directory.resolve("file")).resolve("home");
    assertThatExceptionOfType(InstallationFailedException.class)
        .isThrownBy(make(home))
        .withMessageContainingAll(home.toString(), "name another directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Dpass.database.owner.password=hunter2",
        "-Djavax.net.ssl.trustStorePassword=hunter2",
        "-Dsome.SECRET=hunter2"
      })
  void anOptionThatHoldsASecretIsRefusedAndNotRepeated(String option) {
    Path home = directory.resolve("home");
    assertThatIllegalArgumentException()
        .isThrownBy(make(home, "-Xmx1g", option))
        .withMessageContainingAll(
            option.substring(0, option.indexOf('=')), "as an environment variable")
        .withMessageNotContaining("hunter2");
    assertThat(home).doesNotExist();
  }

  @Test
  void aSettingOfTheApplicationIsNoOptionOfJava() {
    assertThatIllegalArgumentException()
        .isThrownBy(make(directory, "-Dspring.datasource.url=jdbc:postgresql://db/pass"))
        .withMessageContainingAll("-Dspring.datasource.url", "java @<directory>/start");
  }

  private static ThrowingCallable make(Path home, String... options) {
    return () -> Installation.make(Path.of(NO_JAR), home, "no.Trial", List.of(options));
  }
}
