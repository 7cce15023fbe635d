package fr.passnumerique.loadtest.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The command with one blow of each of three kinds, each to another process. For many there is the
 * command itself, which goes on where it was stopped.
 */
@Tag("long")
class RelayIT {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int relay(String... arguments) {
    return new CommandLine(new Relay())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void killsOfEveryPartLoseAndDoubleNothingAndBothWaysGiveTheSameTables() {
    int exit =
        relay(
            "--cycles=3",
            "--blows=RELAY_KILLED_IN_TRANSACTION,BROKER_KILLED,PROJECTION_NODE_KILLED",
            "--backlog=200",
            "--directory=" + directory);

    assertThat(exit).as("%s%n%s", err, out).isZero();
    assertThat(out.toString())
        .contains("3 cycles", "lost 0, doubled 0, out of order 0", "is the ledger's", "all equal")
        .contains("of 1 relays held and killed in a transaction, ")
        .containsPattern("projections taken over by a standby [1-9]");
    assertThat(directory).as("what the run made is gone").isEmptyDirectory();
  }

  @Test
  void anOptionOutOfRangeIsRefusedBeforeAnythingIsStarted() {
    assertThat(relay("--cycles=0", "--directory=" + directory)).isEqualTo(2);
    assertThat(err.toString()).contains("--cycles must be 1 or more");
    assertThat(directory).isEmptyDirectory();
  }
}
