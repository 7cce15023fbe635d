package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Findings;
import fr.passnumerique.loadtest.peak.Opening;
import fr.passnumerique.loadtest.peak.Plan;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Shape;
import fr.passnumerique.loadtest.peak.Stage;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every scenario is told, and how it is played: on a stage of its own. */
public final class Staging {
  @Option(
      names = "--clients",
      defaultValue = "16",
      paramLabel = "<n>",
      description = "Clients at once. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Mixin private Opening opening;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  Staging() {}

  /** Plays a scenario. */
  public interface Scenario {
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
  public int play(Terminal terminal, Scenario scenario)
      throws IOException, SQLException, InterruptedException {
    terminal.require(clients >= 1, "--clients", "1 or more");
    Plan.Size size = new Plan.Size(clients, scenario.shapes());
    try (Stage stage = opening.stage(terminal, size, scenario.through())) {
      return opening.tell(
          terminal,
          stage,
          scenario.play(stage, stage.plan().rounds()),
          scenario.title(),
          scenario.how() + "\n\nSeed %d, %d clients.".formatted(opening.seed(), clients));
    }
  }
}
