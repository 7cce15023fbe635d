package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Presents the same slips through every way, in alternation on one server. */
@Command(
    name = "peak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures peak redemption: the same slips through a hand-written SQL rival, through the"
          + " command bus and over HTTP, in alternation on one embedded PostgreSQL 18.",
      "Prints rates, latencies and ratios, then checks that accepted lines = claims = euros owed"
          + " + paid, for each venue and funder, and that all accounts sum to 0.",
      "With --lines-per-second it plays a peak over HTTP: slips arrive at that rate whatever"
          + " becomes of those before, latency counts from when each was due, and how far"
          + " projections are behind is looked at all the time.",
      "Exits with 1 if something does not reconcile or is out of its bounds."
    })
public final class Peak implements Callable<Integer> {
  private static final int MOST_LINES = 1_000;
  private static final int SLIPS = 4_000;
  private static final int ROUNDS = 5;
  private static final int OPEN_ROUNDS = 3;
  private static final int OPEN_WARM_UP = 1;
  private static final int OPEN_SECONDS = 60;

  @Mixin private Terminal terminal;

  @Option(
      names = "--clients",
      defaultValue = "16",
      paramLabel = "<n>",
      description = "Clients at once. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--lines",
      defaultValue = "42",
      paramLabel = "<n>",
      description = "Lines of a slip. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(
      names = "--slips",
      paramLabel = "<n>",
      description =
          "Slips of a round. Default: "
              + SLIPS
              + "; with --lines-per-second what arrives in a minute.")
  private @Nullable Integer slips;

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      description =
          "Rounds that count. Default: "
              + ROUNDS
              + "; with --lines-per-second "
              + OPEN_ROUNDS
              + ".")
  private @Nullable Integer rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "<n>",
      description =
          "Rounds before, which do not count: Java compiles what it runs often. Default: "
              + ROUNDS
              + "; with --lines-per-second "
              + OPEN_WARM_UP
              + ".")
  private @Nullable Integer warmUp;

  @Option(
      names = "--lines-per-second",
      defaultValue = "0",
      paramLabel = "<n>",
      description =
          "Requests arrive at this rate whatever becomes of those before: 53 is the national plan's"
              + " peak, 530 that of everyone served in one year. Default: 0, each client sends when"
              + " its last request is answered.")
  private double linesPerSecond;

  @Mixin private Bounds bounds;

  @Option(
      names = "--through",
      split = ",",
      paramLabel = "<way>",
      description =
          "Ways to measure: ${COMPLETION-CANDIDATES}. Default: all; with --lines-per-second http.")
  private @Nullable List<Through> through;

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
  public Peak() {}

  /**
   * What is played.
   *
   * @param warmUp rounds of the size that do not count
   */
  record Settings(Plan.Size size, int warmUp, Pace pace, Bounds bounds) {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(clients >= 1, "--clients", "1 or more");
    terminal.require(lines >= 1 && lines <= MOST_LINES, "--lines", "1 to " + MOST_LINES);
    terminal.require(linesPerSecond >= 0, "--lines-per-second", "0 or more");
    boolean open = linesPerSecond > 0;
    int slipsOfRound =
        slips != null
            ? slips
            : open ? (int) Math.max(clients, OPEN_SECONDS * linesPerSecond / lines) : SLIPS;
    int counted = rounds != null ? rounds : open ? OPEN_ROUNDS : ROUNDS;
    int before = warmUp != null ? warmUp : open ? OPEN_WARM_UP : ROUNDS;
    terminal.require(slipsOfRound >= clients, "--slips", "at least one per client");
    terminal.require(counted >= 1, "--rounds", "1 or more");
    terminal.require(before >= 0, "--warm-up", "0 or more");
    List<Through> ways =
        through != null ? through : open ? List.of(Through.http) : List.of(Through.values());
    Settings settings =
        new Settings(
            new Plan.Size(clients, before + counted, slipsOfRound, lines),
            before,
            open ? new Pace.Open(linesPerSecond / lines) : new Pace.Closed(),
            bounds);
    try (Stage stage = Stage.open(workplace.fresh("peak"), seed, settings.size(), ways, terminal)) {
      Report report = play(stage, settings, stage.plan().rounds(), terminal.arguments());
      reported.print(terminal, stage.surroundings().on(), report.summary(), report.full());
      return report.holds() ? 0 : 1;
    }
  }

  /**
   * @param rounds of the stage's plan
   */
  static Report play(Stage stage, Settings settings, List<Round> rounds, String arguments)
      throws InterruptedException {
    List<Sample> counted = new ArrayList<>();
    int played = 0;
    for (Round round : rounds) {
      boolean counts = played >= settings.warmUp();
      played++;
      for (Course course : stage.courses()) {
        Sample sample =
            stage.present(
                course,
                round,
                settings.pace(),
                counts ? "round " + (played - settings.warmUp()) : "warm-up");
        if (counts) {
          counted.add(sample);
        }
      }
    }
    stage.say("checking");
    return new Report(
        new Report.Conditions(arguments, settings, stage.plan(), stage.surroundings()),
        stage.courses().stream().map(Course::way).toList(),
        counted,
        stage.courses().stream().map(Course::reconcile).toList());
  }
}
