package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every scenario is told, and how it is played: on a stage of its own. */
final class Staging {
  @Option(
      names = "--clients",
      defaultValue = "16",
      paramLabel = "<n>",
      description = "Clients at once. Default: ${DEFAULT-VALUE}.")
  private int clients;

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
  Staging() {}

  /** Plays a scenario. */
  interface Scenario {
    /** A few words, for a heading. */
    String title();

    /** What was done, for who judges the figures. */
    String how();

    /** The rounds that it presents, in their order. */
    List<Shape> shapes();

    Collection<Through> through();

    /**
     * @param rounds made as {@link #shapes} says
     */
    Findings play(Stage stage, List<Round> rounds)
        throws IOException, SQLException, InterruptedException;
  }

  /**
   * Plays it, prints what it found, and writes the report if there is to be one.
   *
   * @return 0 if all is within its bounds, 1 if not
   */
  int play(Terminal terminal, Scenario scenario)
      throws IOException, SQLException, InterruptedException {
    terminal.require(clients >= 1, "--clients", "1 or more");
    try (Stage stage =
        Stage.open(
            workplace.fresh(terminal.command()),
            seed,
            new Plan.Size(clients, scenario.shapes()),
            scenario.through(),
            terminal)) {
      Findings findings = scenario.play(stage, stage.plan().rounds());
      reported.print(
          terminal,
          stage.surroundings().on(),
          findings.summary(),
          findings.full(
              scenario.title(),
              terminal.arguments(),
              scenario.how() + "\n\nSeed %d, %d clients.".formatted(seed, clients),
              stage.surroundings()));
      return findings.hold() ? 0 : 1;
    }
  }
}
