package fr.passnumerique.ui.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.ui.ClearingApplication;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that reads a ledger, given a directory that was mistyped. */
class NoLedgerTest {
  @TempDir private Path data;

  @Test
  void whereThereIsNoLedgerNothingIsMadeAndItSaysSo() {
    Path output = data.resolve("ledger.ndjson");
    Path nowhere = data.resolve("nosuch");
    for (List<String> command :
        List.of(List.of("export-ledger", "--output", output.toString()), List.of("wind-down"))) {
      for (Path directory : List.of(nowhere, data)) {
        String[] arguments = command.toArray(String[]::new);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        assertThat(run(said, directory, arguments)).isEqualTo(1);
        assertThat(said.toString(UTF_8))
            .contains("there is no ledger in " + directory, "--data-directory")
            .doesNotContain("password");
      }
    }
    assertThat(data).isEmptyDirectory();
  }

  private static int run(ByteArrayOutputStream said, Path directory, String... command) {
    String[] arguments = Arrays.copyOf(command, command.length + 2);
    arguments[command.length] = "--data-directory";
    arguments[command.length + 1] = directory.toString();
    PrintStream before = System.err;
    System.setErr(new PrintStream(said, true, UTF_8));
    try {
      return CommandLineStart.run(
          ClearingApplication.factCatalogue(), Clock.systemUTC(), arguments);
    } finally {
      System.setErr(before);
    }
  }
}
