package fr.passnumerique.loadtest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.loadtest.asof.AsOfCost;
import fr.passnumerique.loadtest.crash.ApplicationNode;
import fr.passnumerique.loadtest.crash.Crash;
import fr.passnumerique.loadtest.crash.Guard;
import fr.passnumerique.loadtest.crash.Nodes;
import fr.passnumerique.loadtest.crash.Restore;
import fr.passnumerique.loadtest.pages.Pages;
import fr.passnumerique.loadtest.peak.Peak;
import fr.passnumerique.loadtest.peak.Rivals;
import fr.passnumerique.loadtest.race.Race;
import fr.passnumerique.loadtest.race.RaceNodeProcess;
import fr.passnumerique.loadtest.rebuild.RebuildRate;
import fr.passnumerique.loadtest.relay.ProjectionNode;
import fr.passnumerique.loadtest.relay.Relay;
import fr.passnumerique.loadtest.relay.RelayNode;
import fr.passnumerique.loadtest.scenario.Growth;
import fr.passnumerique.loadtest.scenario.HandOuts;
import fr.passnumerique.loadtest.scenario.Hot;
import fr.passnumerique.loadtest.scenario.Mixed;
import fr.passnumerique.loadtest.scenario.Overload;
import fr.passnumerique.loadtest.scenario.Restart;
import fr.passnumerique.loadtest.scenario.Season;
import fr.passnumerique.loadtest.scenario.Soak;
import fr.passnumerique.loadtest.simulator.Bite;
import fr.passnumerique.loadtest.simulator.Simulate;
import fr.passnumerique.ui.command.Install;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line. Data go to the standard output and progress to the error output; it exits with
 * 0 if all holds, 1 if something does not, 2 if it was called wrongly.
 */
@Command(
    name = "loadtest",
    mixinStandardHelpOptions = true,
    description = "How fast redemption is, and whether nothing is lost.",
    subcommands = {
      Peak.class,
      Rivals.class,
      Restart.class,
      HandOuts.class,
      Hot.class,
      Season.class,
      Mixed.class,
      Pages.class,
      Overload.class,
      Soak.class,
      Growth.class,
      Simulate.class,
      Bite.class,
      AsOfCost.class,
      RebuildRate.class,
      Race.class,
      RaceNodeProcess.class,
      Relay.class,
      RelayNode.class,
      ProjectionNode.class,
      Crash.class,
      Nodes.class,
      Restore.class,
      ApplicationNode.class,
      Guard.class,
      Install.class
    })
public final class Loadtest {
  private Loadtest() {}

  public static void main(String[] args) {
    // What the parts say while they start is not for the one who measures.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    System.exit(run(args));
  }

  /** As {@link #main}, for whoever goes on afterwards. */
  static int run(String... args) {
    return new CommandLine(new Loadtest()).execute(args);
  }
}
