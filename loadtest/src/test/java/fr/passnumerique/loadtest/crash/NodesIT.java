package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command with two blows; for many there is the command itself. */
class NodesIT {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int nodes(String... arguments) {
    return new CommandLine(new Nodes())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  @Tag("long")
  void aWriterThatIsStruckLosesAndDoublesNothingThatWasAcknowledged(@TempDir Path reports) {
    Path report = reports.resolve("nodes.md");
    int exit =
        nodes(
            "--cycles=2",
            "--blows=KILLED,FROZEN",
            "--slips=60",
            "--rate-slips=20",
            "--clients=4",
            "--seed=3",
            "--most-silence=15000",
            "--most-tries=20",
            "--report=" + report,
            "--directory=" + directory);

    assertThat(exit).as("%s%n%s", err, out).isZero();
    assertThat(out.toString())
        .contains("seed 3; 2 applications; each application ", Application.OPTIONS, "all holds")
        .contains("| killed (kill -9), started again at once as a supervisor does | 1 | 1 |")
        .contains("| stopped (SIGSTOP), woken after 2 to 6 s | 1 | 1 |")
        .containsPattern("by how often each was sent: \\{1=[1-9]")
        .contains("starts of applications that ended by themselves 0")
        .containsPattern("clients at the one that writes \\d+ .*, spread over all \\d+ ")
        .containsPattern("pairs of slips that contested the same cheques [1-9]")
        .containsPattern("most tries of one slip [1-9]");
    assertThat(report)
        .content()
        .startsWith("# Several nodes, of which the writer is struck, ")
        .contains("all holds", "| application | ", "| fsync | on |");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anOptionOutOfRangeIsRefusedBeforeAnythingIsStarted() {
    assertThat(nodes("--applications=1", "--directory=" + directory)).isEqualTo(2);
    assertThat(err.toString()).contains("--applications must be 2 or 3, or 1 with --cycles 0");
    assertThat(directory).isEmptyDirectory();
  }
}
