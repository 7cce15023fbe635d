package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Measured.Part;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether the rival of {@link Peak} is the strongest that can be written. */
@Command(
    name = "rivals",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures every means that was thought of to make the hand-written SQL rival of peak faster,"
          + " in alternation on one embedded PostgreSQL 18, each in a database of its own.",
      "Prints for each what it gives: rate, processor time, write-ahead log and disk of a line.",
      "Exits with 1 if the books of one are not right, or if one that keeps durability and"
          + " constraints is faster than the rival of peak."
    })
public final class Rivals implements Callable<Integer> {
  /** A ratio of medians up to this is taken for noise. */
  private static final double NOISE = 1.1;

  @Mixin private Terminal terminal;

  @Mixin private Cells cells = new Cells(Cells.SHORT_SECONDS);

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "<n>",
      description = "Rounds of each that count. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "1",
      paramLabel = "<n>",
      description = "Rounds of each before, which do not count. Default: ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--only",
      paramLabel = "<words>",
      split = ",",
      description =
          "Only those whose name has one of these, beside the plain one and the rival of peak.")
  private @Nullable List<String> only;

  @Mixin private Opening opening;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Rivals() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    cells.check(terminal);
    terminal.require(rounds >= 1, "--rounds", "1 or more");
    terminal.require(warmUp >= 0, "--warm-up", "0 or more");
    Peak.Settings settings =
        new Peak.Settings(cells.all(), cells::slips, warmUp, rounds, 0, 0, new Bounds(0, 0));
    try (Stage stage = opening.stage(terminal, settings.size(), List.of())) {
      List<Rival> chosen = RivalVariants.all().stream().filter(this::chosen).toList();
      return opening.tell(
          terminal, stage, play(stage, settings, chosen), "The strongest rival", how(settings));
    }
  }

  private boolean chosen(Rival rival) {
    return only == null
        || rival.equals(Rival.plain())
        || rival.equals(Rival.strongest())
        || only.stream().anyMatch(word -> rival.name().contains(word));
  }

  private static String how(Peak.Settings settings) {
    return """
    %d rounds of each after %d to warm up; every round's slips go through each in turn, each round from another one on. All tables are copies of the same ones. Closed loop: each client sends its next slip when the last is answered. The slips, and what is held against the rules, are those of `peak`. A ratio is that of the two rates of one round; median (least–most).\
    """
        .formatted(settings.rounds(), settings.warmUp());
  }

  static Findings play(Stage stage, Peak.Settings settings, List<Rival> rivals)
      throws SQLException, InterruptedException {
    List<Course> courses = stage.rivals(rivals);
    Measured measured =
        Peak.present(stage, settings, courses, stage.plan().rounds(), Profiles.none());
    Findings findings = new Findings();
    findings.table("", "tried", "gives up");
    rivals.forEach(rival -> findings.row(rival.name(), rival.tried(), rival.given()));
    for (Cell cell : measured.cells(Part.CLOSED)) {
      findings.line("## %s", cell.told());
      figures(findings, measured, cell, rivals);
    }
    for (Cell cell : measured.cells(Part.CLOSED)) {
      strongest(findings, measured, cell, rivals);
      leanest(findings, measured, cell, rivals);
    }
    courses.forEach(course -> findings.reconciled(course.reconcile()));
    return findings;
  }

  private static void figures(Findings findings, Measured measured, Cell cell, List<Rival> rivals) {
    findings.table(
        "",
        "lines/s",
        "to the plain one",
        "p50 ms",
        "p99 ms",
        "processor µs/line",
        "of these: database",
        "WAL bytes/line",
        "disk bytes/line");
    for (Rival rival : rivals) {
      List<Sample> own = measured.of(Part.CLOSED, cell, rival.name());
      findings.row(
          rival.name(),
          Spread.of(own, Sample::acknowledgedRate).text("%.0f"),
          ratio(measured, cell, rival, rivals.getFirst()).text("%.2f"),
          Millis.at(Bounds.latency(own), 50),
          Millis.at(Bounds.latency(own), 99),
          Spread.of(own, s -> s.cost().processorNanos() / 1e3 / s.lines()).text("%.1f"),
          Spread.of(own, s -> s.cost().serverNanos() / 1e3 / s.lines()).text("%.1f"),
          Spread.of(own, Sample::walOfALine).text("%.0f"),
          "%.0f".formatted(Measured.diskOfALine(own)));
    }
  }

  private static Spread ratio(Measured measured, Cell cell, Rival rival, Rival to) {
    return measured.ratio(Part.CLOSED, cell, rival.name(), to.name(), Sample::acknowledgedRate);
  }

  /** What the log of a line is to be held against: not that of the fastest. */
  static void leanest(Findings findings, Measured measured, Cell cell, List<Rival> rivals) {
    String leanest =
        measured.leanest(cell, rivals.stream().filter(Rival::comparable).map(Rival::name).toList());
    findings.line(
        "%s: the least write-ahead log of one that gives nothing up has %s, %.0f bytes a line; at"
            + " most %.1f of that is meant for `peak`, which tries it with `--together`.",
        cell.told(), leanest, measured.median(cell, leanest, Sample::walOfALine), Target.MOST_LOG);
  }

  /** None that is comparable is faster than the rival of {@link Peak}. */
  static void strongest(Findings findings, Measured measured, Cell cell, List<Rival> rivals) {
    Rival ours = Rival.strongest();
    Rival fastest =
        rivals.stream()
            .filter(Rival::comparable)
            .max(Comparator.comparingDouble(rival -> ratio(measured, cell, rival, ours).median()))
            .orElseThrow();
    findings.atMost(
        "%s: the fastest that gives nothing up, %s, to peak's rival, %s"
            .formatted(cell.told(), fastest.name(), ours.name()),
        ratio(measured, cell, fastest, ours).median(),
        NOISE,
        "");
  }
}
