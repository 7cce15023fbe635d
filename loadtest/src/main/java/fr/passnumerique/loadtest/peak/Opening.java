package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Of what a command's stage is made, and where it tells what was found on it. */
public final class Opening {
  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "<n>",
      description =
          "Cheques and slips come from it; on one day, the same seed gives the same. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--together",
      paramLabel = "<name>",
      description =
          "What stands for together, by its name in the report of rivals. Default: the fastest.")
  private @Nullable String together;

  @Option(
      names = "--setting",
      split = ",",
      paramLabel = "<name>=<value>",
      description =
          "Of the server, for all ways alike: shared_buffers=6GB. Default: as the report prints"
              + " them.")
  private Map<String, String> settings = Map.of();

  @Mixin private Workplace workplace;

  @Mixin private Reported reported;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  Opening() {}

  public long seed() {
    return seed;
  }

  Reported reported() {
    return reported;
  }

  public Stage stage(Terminal terminal, Plan.Size size, Collection<Through> through)
      throws IOException, SQLException, InterruptedException {
    Rival chosen = together == null ? Rival.strongest() : RivalVariants.of(together).orElse(null);
    terminal.require(chosen != null, "--together", "a name that rivals prints");
    terminal.require(
        settings.keySet().stream().noneMatch(Server::isOfDurability),
        "--setting",
        "of another than fsync, synchronous_commit and full_page_writes, which are on");
    terminal.require(
        size.heapBytes() <= Runtime.getRuntime().maxMemory(),
        "The heap",
        "%d MB or more for so many slips, with JAVA_TOOL_OPTIONS=-Xmx%1$dm; Java has taken %d MB"
            .formatted(size.heapBytes() >> 20, Runtime.getRuntime().maxMemory() >> 20));
    return Stage.open(
        workplace.fresh(terminal.command()),
        seed,
        size,
        through,
        Objects.requireNonNull(chosen),
        settings,
        terminal);
  }

  /**
   * Prints what was found, and writes the report if there is to be one.
   *
   * @return 0 if all is within its bounds, 1 if not
   */
  public int tell(Terminal terminal, Stage stage, Findings findings, String title, String how)
      throws IOException {
    reported.print(
        terminal,
        stage.surroundings().on(),
        findings.summary(),
        findings.full(title, terminal.arguments(), how, stage.surroundings()));
    return findings.hold() ? 0 : 1;
  }
}
