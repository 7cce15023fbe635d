package fr.passnumerique.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.pages.Pages;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ScenarioOptionsTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "restart, --lines=0",
    "restart, --restarts=0",
    "restart, --clients=0",
    "hot, --lines=1001",
    "hot, --rounds=0",
    "season, --weeks=0",
    "season, --lines-per-second=0",
    "mixed, --seconds=0",
    "mixed, --slips-before=0",
    "pages, --lines=0",
    "pages, --times=0",
    "overload, --times=0",
    "overload, --slips=0",
    "soak, --minutes=0",
    "soak, --minutes=0.5",
    "soak, --look-every=0",
    "growth, '--redeemed=5,4'",
    "growth, --slips=0",
    "growth, --together=none"
  })
  void anOptionOutOfRangeIsRefusedBeforeAnythingIsStarted(String command, String option) {
    StringWriter err = new StringWriter();
    CommandLine all = new CommandLine(CommandLine.Model.CommandSpec.create());
    all.addSubcommand(new Restart())
        .addSubcommand(new Hot())
        .addSubcommand(new Season())
        .addSubcommand(new Mixed())
        .addSubcommand(new Pages())
        .addSubcommand(new Overload())
        .addSubcommand(new Soak())
        .addSubcommand(new Growth());
    all.setErr(new PrintWriter(err, true));

    int exit = all.execute(command, option, "--directory=" + directory.resolve("data"));

    assertThat(exit).as(err.toString()).isEqualTo(2);
    assertThat(err.toString())
        .contains(option.substring(0, option.indexOf('=')) + " must be ")
        .contains("Usage:");
    assertThat(directory.resolve("data")).doesNotExist();
  }
}
