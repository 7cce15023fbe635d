package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Of what a command's stage is made, and where it tells what was found on it. */
final class Opening {
  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "<n>",
      description =
          "Cheques and slips come from it; on one day, the same seed gives the same. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private Workplace workplace;

  @Mixin private Reported reported;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  Opening() {}

  long seed() {
    return seed;
  }

  Reported reported() {
    return reported;
  }

  Stage stage(Terminal terminal, Plan.Size size, Collection<Through> through)
      throws IOException, SQLException, InterruptedException {
    return Stage.open(workplace.fresh(terminal.command()), seed, size, through, terminal);
  }

  /**
   * Prints what was found, and writes the report if there is to be one.
   *
   * @return 0 if all is within its bounds, 1 if not
   */
  int tell(Terminal terminal, Stage stage, Findings findings, String title, String how)
      throws IOException {
    reported.print(
        terminal,
        stage.surroundings().on(),
        findings.summary(),
        findings.full(title, terminal.arguments(), how, stage.surroundings()));
    return findings.hold() ? 0 : 1;
  }
}
