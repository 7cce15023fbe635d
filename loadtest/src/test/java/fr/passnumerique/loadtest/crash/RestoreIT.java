package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with few slips; its checks are tried in {@link ChecksBiteTest}. */
@Tag("long")
class RestoreIT {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int restore(String... arguments) {
    return new CommandLine(new Restore())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void aLostServerIsRestoredToAnInstantAndWhatCameAfterItIsRecordedOnceSentAgain() {
    // PostgreSQL hands paths to a shell.
    Path workplace = directory.resolve("a year's 100%f");

    int exit = restore("--slips=10", "--clients=2", "--seed=3", "--directory=" + workplace);

    assertThat(exit).as("%s%n%s", err, out).isZero();
    assertThat(out.toString())
        .contains("seed 3", "all holds")
        .containsPattern("base backup, while [1-9]\\d* slips were acknowledged: \\d{3,} files")
        .containsPattern(
            "with [1-9]\\d* slips acknowledged after the instant; archived log: \\d+ files")
        .containsPattern("[1-9]\\d* tables with [1-9]\\d* rows compared with a fresh fold")
        .containsPattern(
            "sent again: [1-9]\\d* slips that had been acknowledged after the instant");
    assertThat(workplace).isEmptyDirectory();
  }

  @Test
  void anOptionOutOfRangeIsRefusedBeforeAnythingIsStarted() {
    assertThat(restore("--slips=3", "--directory=" + directory)).isEqualTo(2);
    assertThat(err.toString()).contains("--slips must be 4 or more");
    assertThat(directory).isEmptyDirectory();
  }
}
