package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Measured.Part;
import fr.passnumerique.loadtest.peak.Measured.Turn;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Stage.Through;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
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
      "Several --clients and --lines are measured each with each. Prints rates, latencies and"
          + " ratios, then checks that accepted lines = claims = euros owed + paid, for each venue"
          + " and funder, and that all accounts sum to 0.",
      "Then slips arrive at a stated rate, the same for every way, and at half of what each has"
          + " taken: latency counts from when a slip was due, and the lag of projections is looked"
          + " at.",
      "With --lines-per-second it plays a peak over HTTP: slips arrive at that rate whatever"
          + " becomes of those before, latency counts from when each was due, and how far"
          + " projections are behind is looked at all the time.",
      "Exits with 1 if something does not reconcile, a ratio is below what is to be reached, or"
          + " something else is out of its bounds."
    })
public final class Peak implements Callable<Integer> {
  private static final int ROUNDS = 5;
  private static final int WARM_UP = 5;
  private static final int ARRIVALS = 2;
  private static final int OPEN_ROUNDS = 3;
  private static final int OPEN_WARM_UP = 1;
  private static final int OPEN_SECONDS = 60;

  @Mixin private Terminal terminal;

  @Mixin private Cells cells = new Cells(Cells.LONG_SECONDS);

  @Option(
      names = "--rounds",
      paramLabel = "<n>",
      description =
          "Rounds of each that count. Default: "
              + ROUNDS
              + "; with --lines-per-second "
              + OPEN_ROUNDS
              + ".")
  private @Nullable Integer rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "<n>",
      description =
          "Rounds of each before, which do not count: Java compiles what it runs often. Default: "
              + WARM_UP
              + "; with --lines-per-second "
              + OPEN_WARM_UP
              + ".")
  private @Nullable Integer warmUp;

  @Option(
      names = "--arrivals",
      defaultValue = "" + ARRIVALS,
      paramLabel = "<n>",
      description =
          "Rounds, after the others and with the most clients, in which slips arrive at a stated"
              + " rate: half of what the rival has taken, for every way; then half of what each way"
              + " has taken itself. Default: ${DEFAULT-VALUE}.")
  private int arrivals;

  @Option(
      names = "--lines-per-second",
      defaultValue = "0",
      paramLabel = "<n>",
      description =
          "Slips arrive at this rate whatever becomes of those before: 53 is the national plan's"
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
      names = "--jfr",
      paramLabel = "<directory>",
      description =
          "Where recordings of Java's flight recorder are written, one for each round at full load:"
              + " of this process for the bus, of the application for HTTP. The report then has the"
              + " frames that are most often on top.")
  private @Nullable Path jfr;

  @Mixin private Opening opening;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Peak() {}

  /**
   * What is played.
   *
   * @param slips of a round
   * @param warmUp rounds of each cell that do not count
   * @param rounds of each cell that do
   * @param arrivals rounds with the most clients in which slips arrive at a rate that comes from
   *     what the others have shown
   * @param linesPerSecond at which slips arrive; 0 where each client sends as it is answered
   */
  record Settings(
      List<Cell> cells,
      ToIntFunction<Cell> slips,
      int warmUp,
      int rounds,
      int arrivals,
      double linesPerSecond,
      Bounds bounds) {
    boolean open() {
      return linesPerSecond > 0;
    }

    /**
     * In their order: each cell once, then again, so that what changes meanwhile (the machine's
     * mood, how much the tables hold) is shared by all cells.
     */
    List<Turn> turns() {
      List<Turn> turns = new ArrayList<>();
      for (int round = 1; round <= warmUp; round++) {
        turns.addAll(turns(Part.WARM_UP, "warm-up " + round));
      }
      for (int round = 1; round <= rounds; round++) {
        turns.addAll(turns(open() ? Part.SAME_RATE : Part.CLOSED, "round " + round));
      }
      for (int round = 1; round <= arrivals; round++) {
        for (Cell cell : cells.stream().filter(cell -> cell.clients() == clients()).toList()) {
          turns.add(new Turn(Part.SAME_RATE, cell, "arriving " + round));
          turns.add(new Turn(Part.HALF_OF_PEAK, cell, "at half " + round));
        }
      }
      return turns;
    }

    private List<Turn> turns(Part part, String name) {
      return cells.stream().map(cell -> new Turn(part, cell, name)).toList();
    }

    int clients() {
      return cells.stream().mapToInt(Cell::clients).max().orElseThrow();
    }

    Plan.Size size() {
      return new Plan.Size(
          clients(),
          turns().stream()
              .map(turn -> Shape.of(slips.applyAsInt(turn.cell()), turn.cell().lines()))
              .toList());
    }

    /**
     * @param measured before
     * @param first of the ways
     */
    Pace pace(Turn turn, String way, String first, Measured measured) {
      double rate =
          switch (turn.part()) {
            case WARM_UP, CLOSED -> linesPerSecond;
            case SAME_RATE -> open() ? linesPerSecond : measured.peak(turn.cell(), first) / 2;
            case HALF_OF_PEAK -> measured.peak(turn.cell(), way) / 2;
          };
      return rate > 0 ? new Pace.Open(rate / turn.cell().lines()) : new Pace.Closed();
    }
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    cells.check(terminal);
    terminal.require(linesPerSecond >= 0, "--lines-per-second", "0 or more");
    boolean open = linesPerSecond > 0;
    int counted = rounds != null ? rounds : open ? OPEN_ROUNDS : ROUNDS;
    int before = warmUp != null ? warmUp : open ? OPEN_WARM_UP : WARM_UP;
    terminal.require(counted >= 1, "--rounds", "1 or more");
    terminal.require(before >= 0, "--warm-up", "0 or more");
    terminal.require(arrivals >= 0, "--arrivals", "0 or more");
    List<Through> ways =
        through != null ? through : open ? List.of(Through.http) : List.of(Through.values());
    Settings settings =
        new Settings(
            cells.all(),
            cell ->
                open
                    ? cells.slips(cell, linesPerSecond / cell.lines(), OPEN_SECONDS)
                    : cells.slips(cell),
            before,
            counted,
            open ? 0 : arrivals,
            linesPerSecond,
            bounds);
    try (Stage stage = opening.stage(terminal, settings.size(), ways)) {
      Profiles profiles = jfr == null ? Profiles.none() : Profiles.in(jfr);
      Report report = play(stage, settings, stage.plan().rounds(), terminal.arguments(), profiles);
      opening
          .reported()
          .print(
              terminal,
              stage.surroundings().on(),
              report.summary(),
              report::full,
              report::pictures);
      return report.holds() ? 0 : 1;
    }
  }

  /**
   * @param rounds of the stage's plan, one for each of the settings' turns
   */
  static Report play(
      Stage stage, Settings settings, List<Round> rounds, String arguments, Profiles profiles)
      throws InterruptedException {
    Map<String, Long> diskBefore = new HashMap<>();
    for (Course course : stage.courses()) {
      diskBefore.put(course.way().name(), course.spent().diskBytes());
    }
    Measured measured = present(stage, settings, stage.courses(), rounds, profiles);
    stage.say("checking");
    return new Report(
        new Report.Conditions(
            arguments, settings, stage.plan(), diskBefore, stage.surroundings(), profiles.told()),
        stage.courses().stream().map(Course::way).toList(),
        measured,
        stage.courses().stream().map(Course::reconcile).toList());
  }

  /** In their order, from another one on: each comes after each other's leftovers in its turn. */
  static <T> List<T> rotated(List<T> ways, int by) {
    List<T> others = new ArrayList<>(ways);
    Collections.rotate(others, -by);
    return others;
  }

  /**
   * Presents each turn's round through every way before the next. Who is first changes with every
   * round of a cell.
   */
  static Measured present(
      Stage stage, Settings settings, List<Course> courses, List<Round> rounds, Profiles profiles)
      throws InterruptedException {
    Measured measured = new Measured();
    List<Turn> turns = settings.turns();
    String first = courses.getFirst().way().name();
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      Round round = rounds.get(i).by(turn.cell().clients());
      int before =
          (int) turns.subList(0, i).stream().filter(t -> t.cell().equals(turn.cell())).count();
      for (Course course : rotated(courses, before)) {
        Pace pace = settings.pace(turn, course.way().name(), first, measured);
        measured.add(
            turn,
            profiles.of(
                turn, course.way(), () -> stage.present(course, round, pace, turn.named())));
      }
    }
    return measured;
  }
}
